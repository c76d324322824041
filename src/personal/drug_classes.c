/*
 * drug_classes - the list, and how names are compared with it.
 */
#include "personal/drug_classes.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Words stand as drug_words() leaves them: lower case, no punctuation. */
static const struct class {
	const char *name;
	const char *const *words; /* ends with NULL */
} classes[] = {
	{ "penicillins", (const char *const[]){ "penicillin", "penicillins", "amoxicillin",
		"ampicillin", "amoxil", "augmentin", "dicloxacillin", "flucloxacillin",
		"nafcillin", "oxacillin", "piperacillin", "ticarcillin", "zosyn", "unasyn",
		"penicillin v", "benzylpenicillin", "pivmecillinam", "bicillin", NULL } },
	{ "cephalosporins", (const char *const[]){ "cephalosporin", "cephalosporins",
		"cefaclor", "cefadroxil", "cefalexin", "cephalexin", "keflex", "cefazolin",
		"cefdinir", "omnicef", "cefepime", "cefixime", "cefotaxime", "cefpodoxime",
		"cefprozil", "ceftazidime", "ceftriaxone", "rocephin", "cefuroxime", "ceftin",
		"cefoxitin", "ceftaroline", NULL } },
	{ "carbapenems", (const char *const[]){ "carbapenem", "carbapenems", "imipenem",
		"meropenem", "ertapenem", "doripenem", NULL } },
	{ "sulfonamides", (const char *const[]){ "sulfonamide", "sulfonamides", "sulfa",
		"sulpha", "sulfamethoxazole", "sulfadiazine", "sulfasalazine", "sulfisoxazole",
		"bactrim", "septra", "cotrimoxazole", "co trimoxazole", "sulfacetamide",
		NULL } },
	{ "NSAIDs", (const char *const[]){ "nsaid", "nsaids", "ibuprofen", "advil", "motrin",
		"nurofen", "naproxen", "aleve", "naprosyn", "aspirin", "acetylsalicylic",
		"diclofenac", "voltaren", "celecoxib", "celebrex", "indomethacin",
		"indometacin", "ketorolac", "toradol", "ketoprofen", "meloxicam", "mobic",
		"etodolac", "nabumetone", "piroxicam", "sulindac", "etoricoxib",
		"flurbiprofen", "mefenamic", NULL } },
	{ "statins", (const char *const[]){ "statin", "statins", "atorvastatin", "lipitor",
		"simvastatin", "zocor", "rosuvastatin", "crestor", "pravastatin", "lovastatin",
		"fluvastatin", "pitavastatin", NULL } },
	{ "ACE inhibitors", (const char *const[]){ "ace inhibitor", "ace inhibitors",
		"lisinopril", "zestril", "prinivil", "enalapril", "vasotec", "ramipril",
		"altace", "benazepril", "captopril", "fosinopril", "perindopril", "quinapril",
		"moexipril", "trandolapril", NULL } },
	{ "angiotensin receptor blockers", (const char *const[]){
		"angiotensin receptor blocker", "angiotensin receptor blockers", "losartan",
		"cozaar", "valsartan", "diovan", "candesartan", "irbesartan", "olmesartan",
		"telmisartan", "azilsartan", "eprosartan", NULL } },
	{ "opioids", (const char *const[]){ "opioid", "opioids", "opiate", "opiates",
		"morphine", "codeine", "oxycodone", "oxycontin", "percocet", "hydrocodone",
		"vicodin", "hydromorphone", "dilaudid", "oxymorphone", "fentanyl", "tramadol",
		"ultram", "tapentadol", "methadone", "buprenorphine", "meperidine",
		"pethidine", "dihydrocodeine", NULL } },
	{ "macrolides", (const char *const[]){ "macrolide", "macrolides", "erythromycin",
		"azithromycin", "zithromax", "clarithromycin", "biaxin", "roxithromycin",
		NULL } },
	{ "fluoroquinolones", (const char *const[]){ "fluoroquinolone", "fluoroquinolones",
		"quinolone", "quinolones", "ciprofloxacin", "cipro", "levofloxacin",
		"levaquin", "moxifloxacin", "ofloxacin", "norfloxacin", "delafloxacin",
		NULL } },
	{ "benzodiazepines", (const char *const[]){ "benzodiazepine", "benzodiazepines",
		"diazepam", "valium", "lorazepam", "ativan", "alprazolam", "xanax",
		"clonazepam", "klonopin", "temazepam", "midazolam", "oxazepam",
		"chlordiazepoxide", "triazolam", "bromazepam", NULL } },
	{ "tetracyclines", (const char *const[]){ "tetracycline", "tetracyclines",
		"doxycycline", "minocycline", "tigecycline", "demeclocycline", NULL } },
	{ "aminoglycosides", (const char *const[]){ "aminoglycoside", "aminoglycosides",
		"gentamicin", "tobramycin", "amikacin", "streptomycin", "neomycin", NULL } },
	{ "beta blockers", (const char *const[]){ "beta blocker", "beta blockers",
		"betablocker", "metoprolol", "lopressor", "toprol", "atenolol", "bisoprolol",
		"propranolol", "carvedilol", "nebivolol", "labetalol", "nadolol", "sotalol",
		"timolol", NULL } },
	{ "SSRIs", (const char *const[]){ "ssri", "ssris", "fluoxetine", "prozac",
		"sertraline", "zoloft", "citalopram", "celexa", "escitalopram", "lexapro",
		"paroxetine", "paxil", "fluvoxamine", NULL } },
	{ "proton pump inhibitors", (const char *const[]){ "proton pump inhibitor",
		"proton pump inhibitors", "ppi", "omeprazole", "prilosec", "esomeprazole",
		"nexium", "pantoprazole", "protonix", "lansoprazole", "prevacid",
		"rabeprazole", "dexlansoprazole", NULL } },
	{ "azole antifungals", (const char *const[]){ "azole", "azoles", "fluconazole",
		"diflucan", "itraconazole", "voriconazole", "posaconazole", "ketoconazole",
		"clotrimazole", "miconazole", NULL } },
	{ "aromatic anticonvulsants", (const char *const[]){ "phenytoin", "dilantin",
		"carbamazepine", "tegretol", "oxcarbazepine", "lamotrigine", "lamictal",
		"phenobarbital", "fosphenytoin", NULL } },
	{ "sulfonylureas", (const char *const[]){ "sulfonylurea", "sulfonylureas",
		"glipizide", "glyburide", "glibenclamide", "glimepiride", "gliclazide",
		NULL } },
	{ "paracetamol", (const char *const[]){ "paracetamol", "acetaminophen", "tylenol",
		"panadol", "percocet", "vicodin", NULL } },
	{ "anticoagulants", (const char *const[]){ "anticoagulant", "anticoagulants",
		"warfarin", "coumadin", "phenprocoumon", "apixaban", "eliquis", "rivaroxaban",
		"xarelto", "dabigatran", "pradaxa", "edoxaban", "heparin", "enoxaparin",
		"dalteparin", NULL } },
};

/* Beta-lactams have their ring in common. */
enum { PENICILLINS = 1, CEPHALOSPORINS = 2, CARBAPENEMS = 4,
       BETA_LACTAMS = PENICILLINS | CEPHALOSPORINS | CARBAPENEMS };

/* Words of many names that say nothing of the drug. */
static const char *const empty_words[] = { "acid", "allergy", "allergies", "calcium",
	"capsule", "capsules", "chloride", "citrate", "cream", "drops", "drug", "drugs",
	"extended", "extra", "forte", "hydrochloride", "injection", "insulin", "maleate",
	"medication", "medications", "medicine", "mesylate", "ointment", "oral",
	"phosphate", "plus", "potassium", "release", "sodium", "solution", "spray",
	"strength", "succinate", "sulfate", "suspension", "syrup", "tablet", "tablets",
	"tartrate", "vitamin", "with", "and", NULL };

const char *
drug_words(struct arena *arena, const char *name)
{
	const char *folded = text_fold(arena, name);
	struct text out CLEANUP(text_close) = { 0 };

	text_char(&out, ' ');
	for (; *folded; folded++) {
		unsigned char c = (unsigned char)*folded;

		if (isalnum(c) || c >= 0x80)
			text_char(&out, (char)c);
		else if (out.at[out.len - 1] != ' ')
			text_char(&out, ' ');
	}
	if (out.at[out.len - 1] != ' ')
		text_char(&out, ' ');
	return arena_copy(arena, out.at, out.len);
}

/* Whether the n bytes at word are whole words of `words`, whose first is a blank. */
static bool
contains(const char *words, const char *word, size_t n)
{
	for (const char *at = words; *at; at++)
		if (*at == ' ' && strncmp(at + 1, word, n) == 0 && at[1 + n] == ' ')
			return true;
	return false;
}

uint32_t
drug_classes(const char *words)
{
	uint32_t set = 0;

	for (size_t i = 0; i < COUNT(classes); i++)
		for (const char *const *word = classes[i].words; *word; word++)
			if (contains(words, *word, strlen(*word)))
				set |= UINT32_C(1) << i;
	return set;
}

uint32_t
drug_related(uint32_t set)
{
	return set & BETA_LACTAMS ? BETA_LACTAMS & ~set : 0;
}

const char *
drug_class_name(uint32_t set)
{
	for (size_t i = 0; i < COUNT(classes); i++)
		if (set & UINT32_C(1) << i)
			return classes[i].name;
	return NULL;
}

/* Short words, strengths and salts are no names. */
static bool
telling(const char *word, size_t n)
{
	if (n < 4)
		return false;
	for (size_t i = 0; i < n; i++)
		if (isdigit((unsigned char)word[i]))
			return false;
	for (const char *const *empty = empty_words; *empty; empty++)
		if (strlen(*empty) == n && strncmp(*empty, word, n) == 0)
			return false;
	return true;
}

bool
drug_alike(const char *a, const char *b)
{
	if (strlen(a) > 2 && strcmp(a, b) == 0)
		return true;
	for (const char *word = a; *word; ) {
		size_t n;

		word += strspn(word, " ");
		n = strcspn(word, " ");
		if (telling(word, n) && contains(b, word, n))
			return true;
		word += n;
	}
	return false;
}
