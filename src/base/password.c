/*
 * password - Argon2id by libsodium, and the passwords everybody tries first.
 *
 * The list is drawn from what the published lists of leaked passwords have in
 * common, cut to those of eight characters and more: shorter ones are refused
 * for their length.  strcasecmp() order; a test keeps it.
 */
#include "base/crypto.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bcrypt.h"
#include "base/log.h"

static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "encoded hash");

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

/* The hash of a random text nobody knows, with the costs of above. */
static const char dummy[] = "$argon2id$v=19$m=19456,t=2,p=1$5LhtsCh4M51lq/sgANaoIw"
			    "$JuFa+x5rkxxRspjyfaLnp8N3Wo+nSy2OV5gBS9txziU";

/* clang-format off */
static const char *const common[] = {
	"00000000", "000000000", "0000000000", "000000000000", "01234567",
	"0123456789", "01234567890", "012345678901", "012345678910", "09876543",
	"0987654321", "098765432100", "098765432112", "0okm9ijn8uhb", "10203040",
	"102030405060", "11111111", "111111111", "1111111111", "11111111111",
	"111111111111", "111111111111111", "11112222", "111122223333", "11223344",
	"1122334455", "112233445566", "11235813", "112358132134", "12121212",
	"121212121212", "123123123", "123123123123", "123321123", "123321123321",
	"12341234", "123412341234", "12344321", "1234512345", "1234554321",
	"123456123456", "123456654321", "12345678", "1234567812345678", "123456789",
	"1234567890", "12345678900", "12345678901", "123456789012", "1234567890123",
	"12345678901234", "123456789012345", "1234567890123456", "1234567890a",
	"1234567890abc", "1234567890q", "1234567890qwe", "1234567890qwertyuiop",
	"12345678910", "1234567891011", "123456789101112", "123456789123",
	"123456789123456789", "1234567899", "123456789a", "123456789abc", "12345678a",
	"12345678ab", "12345678abc", "12345678abcd", "12345679", "1234abcd",
	"1234abcd1234", "1234qwer", "1234qwerasdf", "1234qwerasdfzxcv", "123698745",
	"123abc123abc", "123qwe123qwe", "123qwe456rty", "123qweasd", "123qweasdzxc",
	"13579111315", "147147147147", "147258369", "147258369147", "159357159357",
	"159753159753", "1q2w3e4r", "1q2w3e4r5t", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u",
	"1q2w3e4r5t6y7u8i", "1qaz!qaz", "1qaz2wsx", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv",
	"1qaz@wsx", "1qazxsw2", "1qazxsw23edc", "22222222", "222222222222", "27182818",
	"271828182845", "31415926", "314159265358", "3141592653589", "314159265359",
	"33333333", "333333333333", "44444444", "444444444444", "55555555",
	"5555555555", "555555555555", "66666666", "666666666666", "69696969",
	"741852963", "741852963741", "77777777", "7777777777", "777777777777",
	"789456123", "789456123789", "87654321", "87654321a", "88888888",
	"888888888888", "963852741", "963852741963", "987654321", "9876543210",
	"987654321012", "987654321098", "9876543210987", "987654321a", "99999999",
	"999999999999", "a1234567", "a12345678", "a123456789", "a1b2c3d4",
	"a1b2c3d4e5", "a1b2c3d4e5f6", "aa123456", "aa12345678", "aaaaaaaa",
	"aaaaaaaaaa", "aaaaaaaaaaaa", "abc12345", "abc123456", "abc1234567",
	"abc12345678", "abc123456789", "abc1234567890", "abc123abc123", "abcabcabcabc",
	"abcd1234", "abcd12345", "abcd123456", "abcd12345678", "abcd1234abcd",
	"abcdef123456", "abcdefg123", "abcdefg12345", "abcdefgh", "abcdefghi",
	"abcdefghij", "abcdefghijk", "abcdefghijkl", "abcdefghijklm", "abcdefghijklmn",
	"abcdefghijklmnop", "abcdefghijklmnopqrstuvwxyz", "access123", "access14",
	"admin123", "admin1234", "admin12345", "admin123456", "admin1234567",
	"admin12345678", "admin123456789", "admin2024", "admin2025", "admin@123",
	"admin@1234", "admin@12345", "adminadmin", "adminadmin123", "adminadminadmin",
	"administrator", "administrator1", "administrator123", "adminpassword",
	"alexander", "alexander1", "alexander123", "arsenal123", "arsenal1234",
	"asd123asd123", "asdasdasd", "asdasdasdasd", "asdf1234", "asdf1234asdf",
	"asdfasdf", "asdfasdfasdf", "asdfgh123", "asdfgh123456", "asdfghjk",
	"asdfghjkl", "asdfghjkl1", "asdfghjkl12", "asdfghjkl123", "asdfghjkl1234",
	"asdfghjkl;'", "asdfghjklzxcvbnm", "asdfqwer1234", "autumn2024", "autumn2025",
	"azerty123", "azerty123456", "azertyuiop", "azertyuiopqsdf", "babygirl",
	"babygirl1", "babygirl123", "babygirl1234", "barcelona", "barcelona123",
	"baseball", "baseball1", "baseball123", "baseball1234", "basketball",
	"basketball1", "basketball12", "basketball123", "batman123", "batman1234",
	"beautiful", "beautiful1", "bestfriend", "bestfriends", "blink182",
	"blueberry", "budweiser", "butterfly", "butterfly1", "butterfly123",
	"changeit", "changeme", "changeme1", "changeme12", "changeme123",
	"changeme1234", "changemenow", "changemeplease", "changepassword",
	"changethis", "charlie1", "charlie123", "charlie1234", "charthouse",
	"charthouse1", "charthouse12", "charthouse123", "charthouse1234", "cheesecake",
	"chelsea123", "chelsea1234", "chocolate", "chocolate1", "chocolate123",
	"christopher", "clinic123", "clinic1234", "computer", "computer1",
	"computer12", "computer123", "computer1234", "correct horse battery staple",
	"correct-horse-battery-staple", "correcthorse", "correcthorsebatterystaple",
	"corvette", "cowboys1", "creative", "daniel123", "darkangel", "darkness",
	"december", "december2024", "default1", "default123", "defaultdefault",
	"defaultpassword", "doctor123", "doctor1234", "dragon123", "dragon1234",
	"dragonball", "elizabeth", "elizabeth1", "facebook", "facebook1",
	"facebook123", "ferrari123", "flower123", "football", "football1",
	"football12", "football123", "football1234", "forever1", "foreverandever",
	"foreveryoung", "fortnite", "fortnite123", "friends1", "gateway1", "ginger123",
	"godblessme", "godisgood", "godisgreat", "godzilla", "google123", "google1234",
	"greenday", "guest123", "guest1234", "guestguest", "happy1234", "happy12345",
	"happyday", "harley123", "health123", "health1234", "health12345",
	"healthcare", "healthcare1", "healthcare123", "hello123", "hello1234",
	"hello12345", "hello123456", "hellohello", "hellohellohello", "helloworld",
	"helloworld!", "helloworld1", "helloworld123", "hospital", "hospital1",
	"hospital123", "hospital1234", "hottie123", "hunter123", "ilovejesus",
	"ilovemyfamily", "ilovemymom", "ilovemyself", "iloveyou", "iloveyou1",
	"iloveyou12", "iloveyou123", "iloveyou1234", "iloveyou2", "iloveyoualot",
	"iloveyoubaby", "iloveyouforever", "iloveyouiloveyou", "iloveyousomuch",
	"internet", "internet123", "internet1234", "january2024", "jennifer",
	"jennifer1", "jessica1", "jessica123", "jesuschrist", "jesusislord",
	"jesuslovesme", "jordan23", "juventus", "killer123", "lakers24", "letmein1",
	"letmein12", "letmein123", "letmein1234", "letmein12345", "letmeinletmein",
	"letmeinnow", "letmeinnow1", "letmeinplease", "linkinpark", "liverpool",
	"liverpool1", "liverpool123", "lkjhgfdsa", "love123456", "lovelove",
	"lovelovelove", "lovely123", "loveme123", "loveyou123", "loveyou1234",
	"manchester", "manchesterunited", "marlboro", "master123", "master1234",
	"mastermaster", "matrix123", "maverick", "medical1", "medical123",
	"medical1234", "medicine", "medicine123", "mercedes", "metallica", "michael1",
	"michael123", "michael1234", "michelle", "midnight", "minecraft",
	"minecraft123", "minecraft1234", "mnbvcxz1", "mnbvcxzlkj", "monday123",
	"monkey123", "monkey1234", "monkeymonkey", "mustang1", "mustang123",
	"mypassword", "mypassword1", "mypassword123", "mypassword1234", "mysecret",
	"newpassword", "newpassword1", "newpassword123", "newpassword1234",
	"nicole123", "nintendo", "nirvana1", "nopassword", "november", "november11",
	"nurse1234", "nurse12345", "p@ssw0rd", "p@ssw0rd1", "p@ssw0rd12",
	"p@ssw0rd123", "p@ssw0rd1234", "p@ssword", "p@ssword1", "p@ssword123",
	"p@ssword1234", "pa$$w0rd", "pa$$word", "pa55word", "packers1", "passphrase",
	"passw0rd", "passw0rd1", "passw0rd123", "passw0rd1234", "password",
	"password!", "password!!", "password-password", "password.password",
	"password00", "password01", "password1", "password1!", "password11",
	"password12", "password123", "password123!", "password1234", "password1234!",
	"password12345", "password123456", "password1234567", "password12345678",
	"password123456789", "password2", "password2020", "password2021",
	"password2022", "password2023", "password2024", "password2025", "password2026",
	"password21", "password22", "password3", "password69", "password99",
	"password@123", "passwordispassword", "passwordpassword", "passwort",
	"passwort1", "passwort123", "passwort1234", "patient123", "patient1234",
	"pharmacy", "pharmacy123", "phoenix1", "pineapple", "playboy1", "playstation",
	"playstation3", "poiuytrewq", "poiuytrewq123", "pokemon123", "pokemon1234",
	"porsche911", "precious", "princess", "princess1", "princess12", "princess123",
	"princess1234", "q1w2e3r4", "q1w2e3r4t5", "q1w2e3r4t5y6", "q1w2e3r4t5y6u7",
	"qazwsxedc", "qazwsxedc123", "qazwsxedcrfv", "qazwsxedcrfvtgb", "qweasdzxc",
	"qweasdzxc123", "qweqweqwe", "qweqweqweqwe", "qwer1234", "qwer1234asdf",
	"qwerasdf", "qwerasdfzxcv", "qwerty12", "qwerty123", "qwerty123!",
	"qwerty1234", "qwerty12345", "qwerty123456", "qwerty1234567", "qwerty12345678",
	"qwerty123456789", "qwerty321", "qwerty654321", "qwertyasdfgh",
	"qwertyasdfghzxcvbn", "qwertyqwerty", "qwertyqwerty1", "qwertyui",
	"qwertyuiop", "qwertyuiop1", "qwertyuiop12", "qwertyuiop123", "qwertyuiop1234",
	"qwertyuiop123456", "qwertyuiop[]", "qwertyuiopasdf", "qwertyuiopasdfgh",
	"qwertyuiopasdfghjkl", "qwertyuiopasdfghjklzxcvbnm", "qwertz123", "qwertz1234",
	"qwertz123456", "qwertzuiop", "qwertzuiopasdf", "rainbow123", "realmadrid",
	"redskins", "root1234", "root12345", "root123456", "rootpassword", "rootroot",
	"rootrootroot", "samsung123", "samsung1234", "samsunggalaxy", "scorpion",
	"secret123", "secret1234", "secret123456", "secretpassword", "secretsecret",
	"september", "shadow123", "shadow1234", "slipknot", "snowball", "spiderman",
	"spiderman123", "spring2024", "spring2025", "starlight", "starwars",
	"starwars1", "starwars123", "starwars1234", "steelers", "strawberry",
	"summer123", "summer1234", "summer2023", "summer2024", "summer2025",
	"summer2026", "sunshine", "sunshine1", "sunshine12", "sunshine123",
	"sunshine1234", "superman", "superman1", "superman123", "superman1234",
	"supersecret", "sweetheart", "temppassword", "test1234", "test12345",
	"test123456", "test12345678", "testing123", "testing1234", "testing12345",
	"testpassword", "testtest", "testtesttest", "thisismypassword", "thomas123",
	"thunder1", "tigger123", "toor1234", "topsecret", "trustno1",
	"trustno1trustno1", "unicorn123", "user1234", "user12345", "user123456",
	"username", "userpassword", "victoria", "volleyball", "watermelon", "welcome1",
	"welcome1!", "welcome12", "welcome123", "welcome1234", "welcome12345",
	"welcome123456", "welcome2024", "welcome2025", "welcome@123", "welcomewelcome",
	"whatever", "whatever1", "whatever123", "whateverwhatever", "winter123",
	"winter1234", "winter2023", "winter2024", "winter2025", "wolverine",
	"xbox360live", "yankees1", "youtube123", "zaq12wsx", "zaq12wsxcde3",
	"zaq1xsw2", "zaq1zaq1", "zxcvasdfqwer", "zxcvbnm,./", "zxcvbnm1", "zxcvbnm123",
	"zxcvbnm1234", "zxcvbnm12345", "zxcvbnmasdfgh", "zxcvbnmzxcvbnm", "zxcvzxcv",
};

/* clang-format on */

enum result
password_hash(const char *password, char out[PASSWORD_HASH_SIZE])
{
	if (crypto_pwhash_str_alg(out, password, strlen(password), PASSES, MEMORY,
		    crypto_pwhash_ALG_ARGON2ID13)) {
		log_error("password: no memory to hash one");
		return FAULT;
	}
	return OK;
}

bool
password_verify(const char *hash, const char *password)
{
	bool known = hash && strncmp(hash, "$argon2id$", 10) == 0;
	bool same;

	if (hash && bcrypt_is(hash))
		return bcrypt_verify(hash, password);
	/* A name nobody has must take as long as a wrong password. */
	same = crypto_pwhash_str_verify(known ? hash : dummy, password,
		       strlen(password))
	       == 0;
	return same && known;
}

static int
compare(const void *password, const void *entry)
{
	return strcasecmp(password, *(const char *const *)entry);
}

bool
password_common(const char *password)
{
	return bsearch(password, common, COUNT(common), sizeof(common[0]), compare)
	       != NULL;
}
