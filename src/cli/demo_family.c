/*
 * demo_family - the Bergs: who they are, what they have and what they take.
 *
 * Elena (38) had a baby two years ago and takes levothyroxine; Marcus (45) found
 * out about his blood pressure and diabetes three years ago and is doing better
 * and better; Lily (9) has asthma and must not eat peanuts; Noah (2) grows;
 * Ruth (77), Marcus's mother, takes nine medicines.  None of them exists.
 */
#include <stddef.h>

#include "cli/demo.h"

/* clang-format off */
static const struct sheet practitioners = { "practitioners", NULL,
	"= name specialty practice phone_number rating",
	(const char *const[]){
		"grant  | Dr. Helen Grant    | Family Medicine         | Riverside Family Practice  | 617-555-0110 | 4.8",
		"osei   | Dr. Kwame Osei     | Endocrinology           | Charles Street Endocrine   | 617-555-0121 | 4.6",
		"lind   | Dr. Astrid Lind    | Pediatrics              | Harbor Pediatrics          | 617-555-0132 | 4.9",
		"moreau | Dr. Claire Moreau  | Obstetrics & Gynecology | Harbor Women's Health      | 617-555-0143 | 4.7",
		"park   | Dr. Daniel Park    | Cardiology              | Back Bay Cardiology        | 617-555-0154 | 4.5",
		"rossi  | Dr. Giulia Rossi   | Allergy & Immunology    | Harbor Allergy and Asthma  | 617-555-0165 | 4.8",
		"haddad | Dr. Samir Haddad   | Ophthalmology           | Charles Street Eye Center  | 617-555-0176 | 4.4",
		"chen   | Dr. Mei Chen       | Gastroenterology        | Riverside Digestive Health | 617-555-0187 | 4.6",
		"fox    | Laura Fox, DPT     | Physical Therapy        | Riverside Rehabilitation   | 617-555-0198 | 4.9",
		NULL } };

static const struct sheet pharmacies = { "pharmacies", NULL,
	"= name brand street_address city state zip_code country phone_number hours drive_through specialty_services",
	(const char *const[]){
		"main | Riverside Pharmacy, Cambridge | Riverside | 12 Prospect Street | Cambridge | Massachusetts | 02139 | United States | 617-555-0211 | Mon-Sat 8-20 | yes | Vaccinations, blister packs",
		"mail | Bay State Mail Order          | Bay State | 400 Depot Road     | Worcester | Massachusetts | 01604 | United States | 508-555-0222 | Mon-Fri 7-18 | no  | 90-day supply by mail",
		NULL } };

/* Own records last: GET /patients/me answers with a user's newest. */
static const struct sheet patients = { "patients", NULL,
	"= user_id owner_user_id is_self_record relationship_to_family first_name last_name birth_date physician_id blood_type height weight gender address",
	(const char *const[]){
		"lily   | @user.elena  | @user.elena  | no  | child  | Lily   | Berg | -3380  | @lind  | A+ | 53   | 64  | F | 48 Willow Street, Cambridge, MA 02139",
		"noah   | @user.elena  | @user.elena  | no  | child  | Noah   | Berg | -790   | @lind  | O+ | 34.6 | 27  | M | 48 Willow Street, Cambridge, MA 02139",
		"elena  | @user.elena  | @user.elena  | yes | self   | Elena  | Berg | -13990 | @grant | A+ | 65   | 148 | F | 48 Willow Street, Cambridge, MA 02139",
		"ruth   | @user.marcus | @user.marcus | no  | parent | Ruth   | Berg | -28200 | @grant | O+ | 62.5 | 141 | F | 7 Linden Court, Somerville, MA 02143",
		"marcus | @user.marcus | @user.marcus | yes | self   | Marcus | Berg | -16530 | @grant | O+ | 70   | 209 | M | 48 Willow Street, Cambridge, MA 02139",
		NULL } };

static const struct sheet shares = { "patient_shares", NULL,
	"patient_id shared_by_user_id shared_with_user_id permission_level is_active",
	(const char *const[]){
		"@lily   | @user.elena  | @user.marcus | full | yes",
		"@noah   | @user.elena  | @user.marcus | full | yes",
		"@marcus | @user.marcus | @user.elena  | view | yes",
		"@ruth   | @user.marcus | @user.elena  | edit | yes",
		NULL } };

static const struct sheet elena_conditions = { "conditions", "elena",
	"= condition_name diagnosis onset_date status end_date severity icd10_code snomed_code practitioner_id notes tags",
	(const char *const[]){
		"e.thyroid  | Underactive thyroid | Autoimmune hypothyroidism (Hashimoto) | -1910 | active | | mild | E06.3 | 21983002 | @osei | TSH every 6 to 12 months | thyroid",
		"e.migraine | Migraine | Migraine without aura | -4200 | active | | moderate | G43.009 | 56097005 | @grant | About once a month; less since the birth |",
		"e.hayfever | Hay fever | Seasonal allergic rhinitis due to pollen | -6500 | active | | mild | J30.1 | 21719001 | @rossi | April to June |",
		"e.pregnant | Pregnancy | Supervision of normal pregnancy | -1030 | resolved | -790 | | Z34.83 | 77386006 | @moreau | Ended in the birth of Noah at 40 weeks | pregnancy",
		"e.anemia   | Iron deficiency | Anemia complicating pregnancy, third trimester | -880 | resolved | -740 | mild | O99.013 | 87522002 | @moreau | Iron every other day | pregnancy",
		NULL } };

static const struct sheet marcus_conditions = { "conditions", "marcus",
	"= condition_name diagnosis onset_date status end_date severity icd10_code snomed_code practitioner_id notes tags",
	(const char *const[]){
		"m.pressure | High blood pressure | Essential (primary) hypertension | -1045 | chronic | | moderate | I10 | 59621000 | @grant | Goal below 130/80 | heart",
		"m.diabetes | Diabetes | Type 2 diabetes mellitus without complications | -1040 | chronic | | moderate | E11.9 | 44054006 | @osei | Goal HbA1c below 7 % | diabetes",
		"m.lipids   | High cholesterol | Mixed hyperlipidemia | -1040 | active | | mild | E78.2 | 267434003 | @grant | | heart",
		"m.weight   | Obesity | Obesity, class 1 | -2200 | active | | mild | E66.811 | 414916001 | @grant | 228 lbs when found, going down |",
		"m.ankle    | Sprained ankle | Sprain of the right ankle | -512 | resolved | -470 | mild | S93.401A | 44465007 | @grant | Football with Lily |",
		NULL } };

static const struct sheet lily_conditions = { "conditions", "lily",
	"= condition_name diagnosis onset_date status end_date severity icd10_code snomed_code practitioner_id notes tags",
	(const char *const[]){
		"l.asthma | Asthma | Mild persistent asthma, uncomplicated | -1240 | active | | mild | J45.30 | 426979002 | @rossi | Worse with colds and in spring | asthma",
		"l.peanut | Peanut allergy | Allergy to peanuts | -2450 | active | | severe | Z91.010 | 91935009 | @rossi | Carries epinephrine | allergy",
		"l.flare  | Asthma attack | Mild persistent asthma with acute exacerbation | -418 | resolved | -408 | moderate | J45.31 | 708038006 | @lind | After a cold | asthma",
		"l.strep  | Strep throat | Streptococcal pharyngitis | -240 | resolved | -228 | mild | J02.0 | 43878008 | @lind | Rapid test positive |",
		NULL } };

static const struct sheet noah_conditions = { "conditions", "noah",
	"= condition_name diagnosis onset_date status end_date severity icd10_code snomed_code practitioner_id notes tags",
	(const char *const[]){
		"n.jaundice | Newborn jaundice | Neonatal jaundice, unspecified | -788 | resolved | -778 | mild | P59.9 | 387712008 | @lind | No phototherapy needed |",
		"n.ear      | Ear infection | Acute suppurative otitis media, right ear | -330 | resolved | -318 | moderate | H66.001 | 194281003 | @lind | |",
		"n.eczema   | Eczema | Atopic dermatitis | -600 | active | | mild | L20.9 | 24079001 | @lind | Elbows and knees; moisturiser |",
		NULL } };

static const struct sheet ruth_conditions = { "conditions", "ruth",
	"= condition_name diagnosis onset_date status end_date severity icd10_code snomed_code practitioner_id notes tags",
	(const char *const[]){
		"r.pressure | High blood pressure | Essential (primary) hypertension | -7300 | chronic | | moderate | I10 | 59621000 | @grant | | heart",
		"r.afib     | Atrial fibrillation | Paroxysmal atrial fibrillation | -930 | chronic | | moderate | I48.0 | 282825002 | @park | CHA2DS2-VASc 4: anticoagulated | heart",
		"r.kidney   | Kidney disease | Chronic kidney disease, stage 3a | -1400 | chronic | | moderate | N18.31 | 700378005 | @grant | No NSAIDs |",
		"r.bones    | Osteoporosis | Age-related osteoporosis without current fracture | -1600 | chronic | | moderate | M81.0 | 64859006 | @grant | T-score -2.7 at the spine |",
		"r.knee     | Knee arthritis | Primary osteoarthritis, right knee | -2900 | chronic | | moderate | M17.11 | 239873007 | @grant | |",
		"r.reflux   | Reflux | Gastro-esophageal reflux disease without esophagitis | -2500 | active | | mild | K21.9 | 235595009 | @chen | |",
		"r.lipids   | High cholesterol | Pure hypercholesterolemia | -4800 | chronic | | mild | E78.00 | 13644009 | @grant | |",
		"r.cataract | Cataract | Age-related nuclear cataract, left eye | -900 | resolved | -560 | moderate | H25.12 | 193570009 | @haddad | Operated |",
		NULL } };

#define MEDICATION_COLUMNS                                                             \
	"= medication_name dosage frequency route indication effective_period_start "  \
	"effective_period_end status practitioner_id pharmacy_id tags"

static const struct sheet elena_medications = { "medications", "elena", MEDICATION_COLUMNS,
	(const char *const[]){
		"              | Levothyroxine 50 mcg  | 50 mcg | once daily, before breakfast | oral | Hypothyroidism | -1905 | -1015 | completed | @osei | @main | thyroid",
		"              | Levothyroxine 75 mcg  | 75 mcg | once daily, before breakfast | oral | Hypothyroidism in pregnancy | -1014 | -780 | completed | @osei | @main | thyroid, pregnancy",
		"e.levo        | Levothyroxine         | 50 mcg | once daily, before breakfast | oral | Hypothyroidism | -779 | | active | @osei | @main | thyroid",
		"              | Prenatal vitamin      | 1 tablet | once daily | oral | Pregnancy and nursing | -1090 | -640 | completed | @moreau | @main | pregnancy",
		"e.iron        | Ferrous sulfate       | 325 mg | every other day | oral | Iron deficiency in pregnancy | -880 | -740 | completed | @moreau | @main | pregnancy",
		"e.triptan     | Sumatriptan           | 50 mg | as needed, at most twice a day | oral | Migraine | -2100 | | active | @grant | @main |",
		"              | Cetirizine            | 10 mg | once daily, in spring | oral | Hay fever | -1500 | | active | | @main |",
		NULL } };

static const struct sheet marcus_medications = { "medications", "marcus", MEDICATION_COLUMNS,
	(const char *const[]){
		"              | Metformin 500 mg      | 500 mg | twice daily with meals | oral | Type 2 diabetes | -1040 | -951 | completed | @osei | @main | diabetes",
		"m.metformin   | Metformin             | 1000 mg | twice daily with meals | oral | Type 2 diabetes | -950 | | active | @osei | @mail | diabetes",
		"m.empa        | Empagliflozin         | 10 mg | once daily in the morning | oral | Type 2 diabetes | -680 | | active | @osei | @mail | diabetes",
		"              | Lisinopril 10 mg      | 10 mg | once daily | oral | Hypertension | -1040 | -861 | completed | @grant | @main | heart",
		"m.lisinopril  | Lisinopril            | 20 mg | once daily | oral | Hypertension | -860 | | active | @grant | @mail | heart",
		"              | Atorvastatin 20 mg    | 20 mg | once daily in the evening | oral | High cholesterol | -1030 | -761 | completed | @grant | @main | heart",
		"m.statin      | Atorvastatin          | 40 mg | once daily in the evening | oral | High cholesterol | -760 | | active | @grant | @mail | heart",
		"              | Ibuprofen             | 400 mg | three times daily for 5 days | oral | Sprained ankle | -512 | -507 | completed | @grant | @main |",
		NULL } };

static const struct sheet lily_medications = { "medications", "lily", MEDICATION_COLUMNS,
	(const char *const[]){
		"l.albuterol   | Albuterol HFA         | 90 mcg, 2 puffs | every 4 to 6 hours as needed | inhalation | Asthma, relief | -1240 | | active | @rossi | @main | asthma",
		"l.fluticasone | Fluticasone HFA       | 44 mcg, 2 puffs | twice daily with spacer | inhalation | Asthma, control | -1000 | | active | @rossi | @main | asthma",
		"              | Epinephrine auto-injector, junior | 0.15 mg | once for a severe reaction, then 911 | intramuscular | Peanut allergy | -2440 | -216 | completed | @rossi | @main | allergy",
		"l.epi         | Epinephrine auto-injector | 0.3 mg | once for a severe reaction, then 911 | intramuscular | Peanut allergy | -215 | | active | @rossi | @main | allergy",
		"              | Prednisolone          | 25 mg | once daily for 5 days | oral | Asthma attack | -418 | -413 | completed | @lind | @main | asthma",
		"              | Cephalexin            | 500 mg | twice daily for 10 days | oral | Strep throat | -240 | -230 | completed | @lind | @main |",
		NULL } };

static const struct sheet noah_medications = { "medications", "noah", MEDICATION_COLUMNS,
	(const char *const[]){
		"              | Vitamin D drops       | 400 IU | once daily | oral | Breast-fed infant | -785 | -425 | completed | @lind | @main |",
		"n.amoxicillin | Amoxicillin suspension | 400 mg | twice daily for 10 days | oral | Ear infection | -330 | -320 | completed | @lind | @main |",
		"n.cream       | Hydrocortisone cream 1 % | thin layer | twice daily when red | topical | Eczema | -590 | | active | @lind | @main |",
		NULL } };

static const struct sheet ruth_medications = { "medications", "ruth", MEDICATION_COLUMNS,
	(const char *const[]){
		"r.apixaban    | Apixaban              | 5 mg | twice daily | oral | Atrial fibrillation, stroke prevention | -925 | | active | @park | @main | heart, blood thinner",
		"r.metoprolol  | Metoprolol succinate  | 50 mg | once daily | oral | Atrial fibrillation, rate control | -925 | | active | @park | @main | heart",
		"r.losartan    | Losartan              | 50 mg | once daily | oral | Hypertension and kidney protection | -1400 | | active | @grant | @main | heart",
		"r.amlodipine  | Amlodipine            | 5 mg | once daily | oral | Hypertension | -3100 | | active | @grant | @main | heart",
		"r.statin      | Atorvastatin          | 20 mg | once daily in the evening | oral | High cholesterol | -4700 | | active | @grant | @main | heart",
		"r.alendronate | Alendronate           | 70 mg | once weekly, fasting and upright | oral | Osteoporosis | -1590 | | active | @grant | @main |",
		"              | Calcium with vitamin D | 600 mg / 800 IU | once daily with food | oral | Osteoporosis | -1590 | | active | | @main |",
		"r.omeprazole  | Omeprazole            | 20 mg | once daily before breakfast | oral | Reflux | -2490 | | active | @chen | @main |",
		"              | Acetaminophen         | 650 mg | up to three times daily as needed | oral | Knee pain | -924 | | active | @grant | @main |",
		"              | Naproxen              | 250 mg | twice daily as needed | oral | Knee pain | -2800 | -926 | stopped | @grant | @main |",
		"              | Prednisolone eye drops 1 % | 1 drop, left eye | four times daily, then less | | After cataract surgery | -560 | -530 | completed | @haddad | @main |",
		NULL } };

#define ALLERGY_COLUMNS "allergen reaction severity onset_date status medication_id notes tags"

static const struct sheet elena_allergies = { "allergies", "elena", ALLERGY_COLUMNS,
	(const char *const[]){
		"Birch pollen | Sneezing, itching eyes | mild | -6500 | active | | April to June |",
		"Latex | Contact rash | mild | -3100 | active | | Told the delivery room |",
		NULL } };

static const struct sheet marcus_allergies = { "allergies", "marcus", ALLERGY_COLUMNS,
	(const char *const[]){
		"Iodinated contrast | Hives | moderate | -1800 | unconfirmed | | After a CT; not tested since |",
		NULL } };

static const struct sheet lily_allergies = { "allergies", "lily", ALLERGY_COLUMNS,
	(const char *const[]){
		"Peanut | Hives, wheezing, vomiting within minutes | life-threatening | -2450 | active | | Two epinephrine injectors at school | allergy",
		"Penicillin | Rash | moderate | -1900 | active | | On the fifth day of amoxicillin |",
		NULL } };

static const struct sheet ruth_allergies = { "allergies", "ruth", ALLERGY_COLUMNS,
	(const char *const[]){
		"Sulfonamide antibiotics | Widespread rash | severe | -9100 | active | | |",
		"Codeine | Nausea and vomiting | mild | -5200 | active | | Intolerance rather than allergy |",
		NULL } };

#define INSURANCE_COLUMNS                                                              \
	"insurance_type company_name employer_group member_name member_id group_number " \
	"plan_name policy_holder_name relationship_to_holder effective_date status "    \
	"is_primary coverage_details contact_info"
#define FAMILY_PLAN                                                                    \
	"{\"copay_pcp\":20,\"copay_specialist\":40,\"copay_urgent_care\":50,\"copay_er\":150,\"deductible\":1500} | {\"phone\":\"800-555-0300\"}"

static const struct sheet elena_insurance = { "insurance", "elena", INSURANCE_COLUMNS,
	(const char *const[]){
		"medical | Bay Colony Health | Northgate Design | Elena Berg | BCH4471902-02 | NGD-118 | Family PPO | Marcus Berg | spouse | -1400 | active | yes | " FAMILY_PLAN,
		"dental | Bay Colony Dental | Northgate Design | Elena Berg | BCD4471902-02 | NGD-118 | Dental Plus | Marcus Berg | spouse | -1400 | active | yes | {\"preventive_coverage\":100,\"basic_coverage\":80,\"major_coverage\":50} |",
		NULL } };

static const struct sheet marcus_insurance = { "insurance", "marcus", INSURANCE_COLUMNS,
	(const char *const[]){
		"medical | Bay Colony Health | Northgate Design | Marcus Berg | BCH4471902-01 | NGD-118 | Family PPO | | self | -1400 | active | yes | " FAMILY_PLAN,
		"vision | ClearSight | Northgate Design | Marcus Berg | CS-88213 | NGD-118 | Basic | | self | -1400 | active | yes | |",
		NULL } };

static const struct sheet lily_insurance = { "insurance", "lily", INSURANCE_COLUMNS,
	(const char *const[]){
		"medical | Bay Colony Health | Northgate Design | Lily Berg | BCH4471902-03 | NGD-118 | Family PPO | Marcus Berg | child | -1400 | active | yes | " FAMILY_PLAN,
		NULL } };

static const struct sheet noah_insurance = { "insurance", "noah", INSURANCE_COLUMNS,
	(const char *const[]){
		"medical | Bay Colony Health | Northgate Design | Noah Berg | BCH4471902-04 | NGD-118 | Family PPO | Marcus Berg | child | -790 | active | yes | " FAMILY_PLAN,
		NULL } };

static const struct sheet ruth_insurance = { "insurance", "ruth", INSURANCE_COLUMNS,
	(const char *const[]){
		"medical | Medicare | | Ruth Berg | 1EG4-TE5-MK72 | | Part A and B | | self | -4400 | active | yes | {\"deductible\":240} | {\"phone\":\"800-555-0310\"}",
		"prescription | SilverPath Rx | | Ruth Berg | SP-5521087 | | Part D Standard | | self | -4400 | active | yes | {\"bin_number\":\"015581\",\"pcn\":\"03200000\"} |",
		NULL } };

#define CONTACT_COLUMNS "name relationship phone_number email is_primary address notes"

static const struct sheet elena_contacts = { "emergency_contacts", "elena", CONTACT_COLUMNS,
	(const char *const[]){
		"Marcus Berg | spouse | 617-555-0401 | marcus@bergs.example.com | yes | 48 Willow Street, Cambridge, MA 02139 |",
		"Ines Santos | sibling | 617-555-0402 | | no | | Has a key to the house",
		NULL } };

static const struct sheet marcus_contacts = { "emergency_contacts", "marcus", CONTACT_COLUMNS,
	(const char *const[]){
		"Elena Berg | spouse | 617-555-0400 | elena@bergs.example.com | yes | 48 Willow Street, Cambridge, MA 02139 |",
		NULL } };

static const struct sheet lily_contacts = { "emergency_contacts", "lily", CONTACT_COLUMNS,
	(const char *const[]){
		"Elena Berg | parent | 617-555-0400 | elena@bergs.example.com | yes | |",
		"Marcus Berg | parent | 617-555-0401 | marcus@bergs.example.com | no | |",
		"Ruth Berg | grandparent | 617-555-0405 | | no | | Picks her up on Wednesdays",
		NULL } };

static const struct sheet noah_contacts = { "emergency_contacts", "noah", CONTACT_COLUMNS,
	(const char *const[]){
		"Elena Berg | parent | 617-555-0400 | elena@bergs.example.com | yes | |",
		"Marcus Berg | parent | 617-555-0401 | marcus@bergs.example.com | no | |",
		NULL } };

static const struct sheet ruth_contacts = { "emergency_contacts", "ruth", CONTACT_COLUMNS,
	(const char *const[]){
		"Marcus Berg | child | 617-555-0401 | marcus@bergs.example.com | yes | |",
		"Dolores Pike | neighbor | 617-555-0406 | | no | | Next door, number 9",
		NULL } };

#define MEMBER_COLUMNS "= name relationship gender birth_year death_year is_deceased notes"

static const struct sheet elena_family = { "family_members", "elena", MEMBER_COLUMNS,
	(const char *const[]){
		"f.carla | Carla Santos | mother | female | 1958 | | no |",
		"f.paulo | Paulo Santos | father | male | 1955 | 2016 | yes | Died of a heart attack",
		"f.ines  | Ines Santos | sister | female | 1990 | | no |",
		NULL } };

static const struct sheet marcus_family = { "family_members", "marcus", MEMBER_COLUMNS,
	(const char *const[]){
		"f.ruth  | Ruth Berg | mother | female | | | no |",
		"f.otto  | Otto Berg | father | male | 1945 | 2012 | yes | Kidney failure after long diabetes",
		"f.jonas | Jonas Berg | brother | male | 1984 | | no |",
		NULL } };

static const struct sheet family_conditions = { "family_conditions", NULL,
	"family_member_id condition_name diagnosis_age severity status condition_type icd10_code",
	(const char *const[]){
		"@f.carla | Hashimoto thyroiditis | 41 | mild | chronic | endocrine | E06.3",
		"@f.carla | Breast cancer | 62 | moderate | resolved | cancer | C50.919",
		"@f.paulo | Myocardial infarction | 61 | severe | chronic | cardiovascular | I21.9",
		"@f.ines  | Celiac disease | 24 | mild | chronic | autoimmune | K90.0",
		"@f.ruth  | Atrial fibrillation | 74 | moderate | chronic | cardiovascular | I48.0",
		"@f.ruth  | Hypertension | 57 | moderate | chronic | cardiovascular | I10",
		"@f.otto  | Type 2 diabetes | 49 | severe | chronic | diabetes | E11.22",
		"@f.jonas | Prediabetes | 39 | mild | active | endocrine | R73.03",
		NULL } };

static const struct sheet links = { "condition_medications", NULL,
	"condition_id medication_id relevance_note",
	(const char *const[]){
		"@e.thyroid  | @e.levo        | Replacement",
		"@e.migraine | @e.triptan     | For attacks",
		"@e.anemia   | @e.iron        | Until ferritin was normal",
		"@m.diabetes | @m.metformin   | First choice",
		"@m.diabetes | @m.empa        | Added when HbA1c stayed above 7 %",
		"@m.pressure | @m.lisinopril  | Dose doubled after six months",
		"@m.lipids   | @m.statin      | Dose doubled; LDL goal below 70",
		"@l.asthma   | @l.fluticasone | Every day, also when well",
		"@l.asthma   | @l.albuterol   | When needed and before sports",
		"@l.peanut   | @l.epi         | Always carried",
		"@n.ear      | @n.amoxicillin |",
		"@n.eczema   | @n.cream       |",
		"@r.afib     | @r.apixaban    | Stroke prevention",
		"@r.afib     | @r.metoprolol  | Rate control",
		"@r.pressure | @r.losartan    | Also for the kidneys",
		"@r.pressure | @r.amlodipine  |",
		"@r.bones    | @r.alendronate | Five years, then a pause",
		"@r.lipids   | @r.statin      |",
		"@r.reflux   | @r.omeprazole  | Lowest dose that works",
		NULL } };
/* clang-format on */

const struct sheet *const demo_family_sheets[] = {
	&practitioners, &pharmacies, &patients, &shares,
	&elena_conditions, &marcus_conditions, &lily_conditions, &noah_conditions,
	&ruth_conditions,
	&elena_medications, &marcus_medications, &lily_medications, &noah_medications,
	&ruth_medications,
	&elena_allergies, &marcus_allergies, &lily_allergies, &ruth_allergies,
	&elena_insurance, &marcus_insurance, &lily_insurance, &noah_insurance, &ruth_insurance,
	&elena_contacts, &marcus_contacts, &lily_contacts, &noah_contacts, &ruth_contacts,
	&elena_family, &marcus_family, &family_conditions, &links,
	NULL
};
