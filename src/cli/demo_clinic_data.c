/*
 * demo_clinic_data - providers, reasons to come, medicines, names.
 */
#include <stddef.h>

#include "cli/demo_clinic.h"

/* clang-format off */
enum { GRANT, BELL, LIND, PARK, OSEI, MOREAU, STONE, ROSSI, WARD, CHEN, DIAZ, FOX };

const struct practice_provider practice_providers[] = {
	[GRANT]  = { "Dr. Helen Grant", "Family Medicine", "Primary Care", "h.grant" },
	[BELL]   = { "Dr. Thomas Bell", "Internal Medicine", "Primary Care", "t.bell" },
	[LIND]   = { "Dr. Astrid Lind", "Pediatrics", "Pediatrics", "a.lind" },
	[PARK]   = { "Dr. Daniel Park", "Cardiology", "Cardiology", "d.park" },
	[OSEI]   = { "Dr. Kwame Osei", "Endocrinology", "Endocrinology", "k.osei" },
	[MOREAU] = { "Dr. Claire Moreau", "Obstetrics and Gynecology", "Women's Health", "c.moreau" },
	[STONE]  = { "Dr. Peter Stone", "Pulmonology", "Pulmonology", "p.stone" },
	[ROSSI]  = { "Dr. Giulia Rossi", "Allergy and Immunology", "Allergy", "g.rossi" },
	[WARD]   = { "Dr. Naomi Ward", "Psychiatry", "Behavioral Health", "n.ward" },
	[CHEN]   = { "Dr. Mei Chen", "Gastroenterology", "Gastroenterology", "m.chen" },
	[DIAZ]   = { "Dr. Luis Diaz", "Rheumatology", "Rheumatology", "l.diaz" },
	[FOX]    = { "Anna Fox, NP", "Family Medicine", "Primary Care", "a.fox" },
	{ 0 }
};

const struct reason practice_reasons[] = {
	{ "Blood pressure follow-up", GRANT, 35, 88, false, "bmp", 0, 18, 2, 4, 0,
		{ { "Lisinopril", "20 mg", "Once daily", "Oral" }, { "Amlodipine", "5 mg", "Once daily", "Oral" } } },
	{ "Blood pressure follow-up", BELL, 35, 88, false, "bmp", 0, 16, 0, 3, 0,
		{ { "Losartan", "50 mg", "Once daily", "Oral" } } },
	{ "Type 2 diabetes follow-up", OSEI, 32, 86, false, "a1c", 1.32, 10, 3, 6, 0,
		{ { "Metformin", "1000 mg", "Twice daily with meals", "Oral" }, { "Atorvastatin", "20 mg", "Once daily in the evening", "Oral" }, { "Lisinopril", "10 mg", "Once daily", "Oral" } } },
	{ "Type 1 diabetes follow-up", OSEI, 8, 60, false, "a1c", 1.38, 0, 2, 0, 0,
		{ { "Insulin glargine", "18 units", "Once daily at bedtime", "Subcutaneous" }, { "Insulin lispro", "by carbohydrate count", "With meals", "Subcutaneous" } } },
	{ "Cholesterol follow-up", BELL, 30, 80, false, "lipid", 1.14, 4, 0, 3, 0,
		{ { "Rosuvastatin", "10 mg", "Once daily", "Oral" } } },
	{ "Hypothyroidism follow-up", OSEI, 18, 85, false, "tsh", 1.1, 0, -4, 2, 0,
		{ { "Levothyroxine", "75 mcg", "Once daily before breakfast", "Oral" } } },
	{ "Asthma follow-up", STONE, 18, 65, false, "cbc", 0, 0, 3, 1, 1,
		{ { "Albuterol HFA", "90 mcg, 2 puffs", "Every 4-6 hours as needed", "Inhalation" }, { "Budesonide-formoterol", "160/4.5 mcg, 2 puffs", "Twice daily", "Inhalation" } } },
	{ "Childhood asthma follow-up", LIND, 5, 17, false, NULL, 0, 0, 3, 0, 1,
		{ { "Albuterol HFA", "90 mcg, 2 puffs", "Every 4-6 hours as needed", "Inhalation" }, { "Fluticasone HFA", "44 mcg, 2 puffs", "Twice daily", "Inhalation" } } },
	{ "COPD follow-up", STONE, 55, 88, false, "cbc", 0, 6, 6, -1, 4,
		{ { "Tiotropium", "18 mcg", "Once daily", "Inhalation" }, { "Albuterol HFA", "90 mcg, 2 puffs", "Every 4-6 hours as needed", "Inhalation" } } },
	{ "Atrial fibrillation follow-up", PARK, 60, 88, false, "bmp", 0, 8, 6, 2, 0,
		{ { "Apixaban", "5 mg", "Twice daily", "Oral" }, { "Metoprolol succinate", "50 mg", "Once daily", "Oral" } } },
	{ "Heart failure follow-up", PARK, 58, 88, false, "bmp", 0, -6, 8, 3, 2,
		{ { "Sacubitril-valsartan", "49/51 mg", "Twice daily", "Oral" }, { "Carvedilol", "12.5 mg", "Twice daily", "Oral" }, { "Furosemide", "40 mg", "Once daily", "Oral" } } },
	{ "Coronary disease follow-up", PARK, 50, 88, false, "lipid", 0, 4, -8, 3, 0,
		{ { "Aspirin", "81 mg", "Once daily", "Oral" }, { "Atorvastatin", "80 mg", "Once daily in the evening", "Oral" }, { "Metoprolol tartrate", "25 mg", "Twice daily", "Oral" } } },
	{ "Depression follow-up", WARD, 16, 75, false, "tsh", 0, 0, 1, 1, 0,
		{ { "Sertraline", "50 mg", "Once daily", "Oral" } } },
	{ "Anxiety follow-up", WARD, 18, 70, false, NULL, 0, 4, 7, 0, 0,
		{ { "Escitalopram", "10 mg", "Once daily", "Oral" } } },
	{ "Reflux follow-up", CHEN, 20, 80, false, NULL, 0, 2, 0, 3, 0,
		{ { "Omeprazole", "20 mg", "Once daily before breakfast", "Oral" } } },
	{ "Rheumatoid arthritis follow-up", DIAZ, 30, 82, false, "cbc", 0, 3, 2, 1, 0,
		{ { "Methotrexate", "15 mg", "Once weekly", "Oral" }, { "Folic acid", "1 mg", "Once daily", "Oral" } } },
	{ "Knee osteoarthritis", DIAZ, 52, 88, false, NULL, 0, 8, 0, 5, 0,
		{ { "Acetaminophen", "650 mg", "Three times daily as needed", "Oral" } } },
	{ "Osteoporosis follow-up", DIAZ, 60, 88, true, "vitd", 0, 6, 0, -2, 0,
		{ { "Alendronate", "70 mg", "Once weekly", "Oral" }, { "Cholecalciferol", "1000 IU", "Once daily", "Oral" } } },
	{ "Iron deficiency", FOX, 18, 50, true, "iron", 0, -4, 6, -1, 0,
		{ { "Ferrous sulfate", "325 mg", "Every other day", "Oral" } } },
	{ "Well-woman visit", MOREAU, 21, 65, true, "lipid", 0, 0, 0, 0, 0, { { 0 } } },
	{ "Contraception", MOREAU, 18, 44, true, NULL, 0, 0, 0, 0, 0,
		{ { "Norethindrone", "0.35 mg", "Once daily", "Oral" } } },
	{ "Hay fever", ROSSI, 6, 60, false, NULL, 0, 0, 0, 0, 0,
		{ { "Cetirizine", "10 mg", "Once daily", "Oral" }, { "Fluticasone nasal", "50 mcg, 1 spray", "Each nostril once daily", "Nasal" } } },
	{ "Yearly checkup", FOX, 18, 80, false, "lipid", 0, 0, 0, 0, 0, { { 0 } } },
	{ "Yearly checkup", GRANT, 18, 85, false, "cbc", 0, 0, 0, 1, 0, { { 0 } } },
	{ "Well-child visit", LIND, 0, 17, false, NULL, 0, 0, 0, 0, 0, { { 0 } } },
	{ "Well-child visit", LIND, 0, 12, false, "hgb", 0, 0, 0, 0, 0, { { 0 } } },
	{ "Attention deficit follow-up", WARD, 7, 17, false, NULL, 0, 2, 4, -1, 0,
		{ { "Methylphenidate ER", "18 mg", "Once daily in the morning", "Oral" } } },
};
const uint32_t practice_n_reasons = COUNT(practice_reasons);

const struct practice_allergy practice_allergies[] = {
	{ "Penicillin", "Hives", "moderate" },
	{ "Penicillin", "Swelling of the throat", "severe" },
	{ "Sulfonamide antibiotics", "Rash", "moderate" },
	{ "Peanut", "Hives, wheezing", "severe" },
	{ "Latex", "Contact rash", "mild" },
	{ "Shellfish", "Hives", "moderate" },
	{ "Codeine", "Nausea", "mild" },
	{ "Bee venom", "Dizziness, swelling", "severe" },
	{ "Birch pollen", "Sneezing", "mild" },
	{ "Cat dander", "Itching eyes", "mild" },
};
const uint32_t practice_n_allergies = COUNT(practice_allergies);

const char *const practice_girls[] = { "Olivia", "Maria", "Grace", "Hannah", "Aisha", "Linda",
	"Susan", "Karen", "Mei", "Priya", "Rosa", "Julia", "Nora", "Emily", "Fatima", "Ingrid",
	"Teresa", "Yuki", "Abigail", "Ruth", "Sofia", "Denise", "Chloe", "Amara", "Vera", NULL };
const char *const practice_boys[] = { "James", "Robert", "Miguel", "David", "Omar", "Kevin",
	"Liam", "Samuel", "Wei", "Arjun", "Carlos", "Peter", "Henry", "George", "Ivan", "Jamal",
	"Frank", "Kenji", "Oscar", "Walter", "Luca", "Dennis", "Ethan", "Kofi", "Hugo", NULL };
const char *const practice_last_names[] = { "Adams", "Baker", "Carter", "Delgado", "Evans",
	"Fischer", "Garcia", "Hughes", "Ibrahim", "Johnson", "Kim", "Lopez", "Murphy", "Nguyen",
	"O'Brien", "Patel", "Quinn", "Rossi", "Silva", "Tanaka", "Underwood", "Vargas", "Walsh",
	"Xu", "Young", "Zhang", "Bennett", "Cohen", "Dubois", "Eriksen", "Foster", "Greene",
	"Hassan", "Ivanov", "Jensen", "Kowalski", "Laurent", "Mensah", "Novak", "Okafor",
	"Pereira", "Reyes", "Schmidt", "Turner", "Vogel", "Weber", "Yilmaz", "Brooks", NULL };
const char *const practice_streets[] = { "Maple Street", "Oak Avenue", "Elm Street", "River Road",
	"Chestnut Street", "Highland Avenue", "Pearl Street", "Spring Street", "Franklin Street",
	"Walnut Street", "Summit Road", "Orchard Lane", NULL };
const char *const practice_towns[] = { "Boston,02118", "Cambridge,02139", "Somerville,02143",
	"Medford,02155", "Malden,02148", "Quincy,02169", "Newton,02458", "Brookline,02445",
	"Arlington,02474", "Everett,02149", NULL };
const char *const practice_insurers[] = { "Bay Colony Health", "Commonwealth Care", "Medicare",
	"Pilgrim Mutual", "Northeast Health Plan", NULL };
/* clang-format on */
