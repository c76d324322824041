// check-lang - no text is missing in any language, its {values} are the same in each of its
// forms, it has the plural forms of its language and no others, it is not the English one
// left standing, and it is punctuated as its language is.  A label of the records that has no word yet is named and
// shown in English: a new field touches one file, not twelve.
//   CHARTHOUSE=build/charthouse node web/check-lang.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'src', 'lang');
const program = process.env.CHARTHOUSE || join(folder, '..', '..', '..', 'build', 'charthouse');

function read(code) {
	const [texts, labels] = readFileSync(join(folder, `${code}.ts`), 'utf8').split(/^const labels\b/m);
	const pairs = (part) => Object.fromEntries([...part.matchAll(/^\t'((?:[^'\\]|\\.)*)': '((?:[^'\\]|\\.)*)',$/gm)].map((m) => [m[1].replace(/\\(.)/g, '$1'), m[2].replace(/\\(.)/g, '$1')]));
	return { texts: pairs(texts), labels: pairs(labels ?? '') };
}

// What the page shows of the schema; blood types and the like are the same everywhere.
function wanted() {
	const words = new Set(['Blood pressure']);
	const parts = new Set(['patients', 'lab_test_components', 'family_conditions', 'user_tags']);
	const schema = JSON.parse(execFileSync(program, ['derive', 'schema', 'personal'], { encoding: 'utf8' }));
	for (const record of schema.records.filter((r) => r.route || parts.has(r.name))) {
		words.add(record.one).add(record.many);
		if (record.route) words.add(record.summary);
		for (const f of record.fields.filter((x) => !x.read_only && x.target !== 'users'))
			for (const word of [f.label, f.help, ...(f.choices ?? []).map((c) => c.label)]) if (word && !/^(A|B|AB|O)[+-]$/.test(word)) words.add(word);
	}
	return [...words];
}

const english = read('en').texts;
const labels = wanted();
const problems = [], notes = [];
let checks = 0;
const hold = (is, words) => {
	checks++;
	if (!is) problems.push(words);
};
const values = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
const formsOf = (text) => (/(^|\|)other:/.test(text) ? text.split('|').map((f) => [f.slice(0, f.indexOf(':')), f.slice(f.indexOf(':') + 1)]) : [['', text]]);

// Words that are the same in English: names, units, loans.
const SAME = {
	all: ['—', '{n} min', 'Zoom', 'E-mail', 'BMI'],
	de: ['Allergen', 'Cyan', 'Diabetes', 'Name', 'Normal', 'Orange', 'Passphrase', 'Patient', 'Revision', 'Routine', 'Server', 'Status', 'System', 'Version', 'Website'],
	fr: ['Action', 'Administration', 'Allergies', 'Application (ID)', 'Applications', 'Cancer', 'Complications', 'Contact', 'Cyan', 'Date', 'Dates', 'Description', 'Injection', 'Message',
		'Normal', 'Notes', 'Olive', 'Orange', 'Parent', 'Patient', 'Patients', 'Pharmacies', 'Secret', 'Types', 'Urgent', 'Version', 'one:{n} dose|other:{n} doses'],
	es: ['Cardiovascular', 'Dental', 'Diabetes', 'General', 'Molecular', 'No', 'Normal', 'Rectal'],
	nl: ['Account', 'Contact', 'Database', 'Details', 'Diabetes', 'Later', 'Partner', 'Routine', 'Screening', 'Server', 'Setting', 'Status', 'Website', 'Week', 'one:{n} item|other:{n} items'],
	it: ['Account', 'Autoimmune', 'Database', 'No', 'Partner', 'Password', 'Screening', 'Server'],
	pt: ['Cardiovascular', 'Diabetes', 'Molecular', 'Normal', 'one:{n} dose|other:{n} doses'],
	pl: ['Administrator', 'System'],
	ru: [], zh: [], ar: [],
};
// What is wrong with the punctuation of a text.  In "one:...|other:..." only what is said counts.
const MARKS = {
	fr: [/ [:;?!»]/, /[^\s\u00a0\u202f:{]([;?!]|:(?!\/\/))(?=\s|$)/, /'/],
	es: [/^[^¿]*\?/, /^[^¡]*!/],
	zh: [/[\u3400-\u9fff][,.:;?!]/, /[,;?!](?=[\u3400-\u9fff])/],
	ar: [/,(?=\s|$)/, /[?;]/, /[٠-٩]/],
	it: [/'/], de: [/'/, /ß(?=[A-Z])/], nl: [/'/], pt: [/'/], pl: [/'/],
};

const hasForms = (text) => /(^|\|)other:/.test(text);
function spoken(code, key, english, text) {
	if (code === 'en') return;
	hold(text !== english || SAME.all.includes(text) || SAME[code].includes(text), `${code}: ${key} is English: ${text}`);
	for (const [, words] of formsOf(text)) for (const mark of MARKS[code] ?? []) hold(!mark.test(words), `${code}: ${key} is not punctuated so: ${words}`);
}
const used = new Set();
for (const place of ['core', 'ui', 'pages'])
	for (const file of readdirSync(join(folder, '..', place), { recursive: true }).filter((f) => /\.tsx?$/.test(f)))
		for (const m of readFileSync(join(folder, '..', place, file), 'utf8').matchAll(/['"`]([a-z]+(?:\.[\w]+)?)(?:['"`]|\.?\$\{)/g)) used.add(m[1]);
for (const key of Object.keys(english)) hold(used.has(key) || [...used].some((u) => !u.includes('.') && key.startsWith(`${u}.`)), `en: nobody says ${key}`);

for (const file of readdirSync(folder).filter((f) => f.endsWith('.ts'))) {
	const code = file.slice(0, -3);
	const { texts, labels: words } = read(code);
	for (const [key, text] of Object.entries(english)) {
		hold(texts[key], `${code}: ${key} is missing`);
		hold(values(texts[key] ?? '') === values(text), `${code}: ${key} has other values than in English`);
		spoken(code, key, text, texts[key] ?? '');
		if (!hasForms(text)) continue;
		// "many" is for millions in the languages of the south.
		const all = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
		const have = formsOf(texts[key] ?? '');
		for (const form of all.filter((f) => f !== 'many' || !['es', 'fr', 'it', 'pt'].includes(code))) hold(have.some(([f]) => f === form), `${code}: ${key} has no form "${form}"`);
		for (const [form, words] of have) {
			hold(all.includes(form) && words, `${code}: ${key} has a form "${form}" that is none of the language`);
			// One, two and none may be said without their number.
			hold(values(words) === values(text) || ['zero', 'one', 'two'].includes(form) && !['ru', 'pl'].includes(code), `${code}: ${key} (${form}) has other values than in English`);
		}
	}
	for (const key of Object.keys(texts)) hold(key in english, `${code}: ${key} is not in English`);
	if (code === 'en') continue;
	for (const word of labels) if (!words[word]) notes.push(`note: ${code}: no word yet for the label "${word}"`);
	for (const [word, said] of Object.entries(words)) spoken(code, word, word, said);
	for (const word of Object.keys(words)) if (!labels.includes(word)) notes.push(`note: ${code}: no record has the label "${word}"`);
}
for (const line of [...notes, ...problems]) console.log(line);
console.log(`languages: ${checks - problems.length} passed, ${problems.length} failed`);
process.exitCode = problems.length ? 1 : 0;
