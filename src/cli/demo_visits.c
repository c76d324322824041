/*
 * demo_visits - three years of visits, procedures, treatments and vaccinations
 * of the Bergs.  Well-child visits and the childhood schedule are computed, see
 * demo_series.c.
 */
#include <stddef.h>

#include "cli/demo.h"

/* clang-format off */
#define VISIT_COLUMNS                                                                  \
	"= reason date practitioner_id condition_id visit_type chief_complaint diagnosis " \
	"treatment_plan follow_up_instructions duration_minutes location priority"

static const struct sheet elena_visits = { "encounters", "elena", VISIT_COLUMNS,
	(const char *const[]){
		"| First prenatal visit | -1010 | @moreau | @e.pregnant | prenatal | Morning nausea | Intrauterine pregnancy, 8 weeks | Prenatal vitamin, levothyroxine raised to 75 mcg | Back in 4 weeks | 40 | office | routine",
		"| Prenatal visit, 13 weeks | -980 | @moreau | @e.pregnant | prenatal | | First trimester screening low risk | Continue | Back in 4 weeks | 20 | office | routine",
		"| Anatomy scan, 20 weeks | -930 | @moreau | @e.pregnant | prenatal | | Normal anatomy, anterior placenta | Continue | Back in 4 weeks | 45 | office | routine",
		"| Prenatal visit, 24 weeks | -902 | @moreau | @e.pregnant | prenatal | | Normal growth | Glucose tolerance test | Back in 4 weeks | 20 | office | routine",
		"| Prenatal visit, 28 weeks | -874 | @moreau | @e.anemia | prenatal | Tired | Iron deficiency anemia, glucose test normal | Ferrous sulfate every other day; Tdap given | Back in 4 weeks | 25 | office | routine",
		"| Prenatal visit, 32 weeks | -846 | @moreau | @e.pregnant | prenatal | Backache | Normal growth | Exercise, support belt | Back in 2 weeks | 20 | office | routine",
		"| Prenatal visit, 36 weeks | -818 | @moreau | @e.pregnant | prenatal | | Head down; group B strep negative | Birth plan | Weekly from now | 25 | office | routine",
		"| Prenatal visit, 39 weeks | -797 | @moreau | @e.pregnant | prenatal | Irregular contractions | Cervix 2 cm | Wait | Come when every 5 minutes | 20 | office | routine",
		"e.birth | Birth | -790 | @moreau | @e.pregnant | hospital | Regular contractions | Spontaneous vaginal birth, healthy boy | Skin to skin, rooming in | Postpartum visit in 6 weeks | | hospital | urgent",
		"| Postpartum visit | -748 | @moreau | @e.pregnant | follow-up | | Recovering well, no depression on screening | Levothyroxine back to 50 mcg | Thyroid test in 6 weeks | 30 | office | routine",
		"| Yearly checkup | -560 | @grant | | annual checkup | | Well; iron stores normal | Cervical screening done | In a year | 30 | office | routine",
		"| Migraine review | -395 | @grant | @e.migraine | follow-up | Attacks once a month | Migraine without aura | Sumatriptan early in the attack | If more than four a month | 20 | telehealth | routine",
		"| Yearly checkup | -196 | @grant | @e.thyroid | annual checkup | | Well; TSH in range | Continue | In a year | 30 | office | routine",
		NULL } };

static const struct sheet marcus_visits = { "encounters", "marcus", VISIT_COLUMNS,
	(const char *const[]){
		"m.first | First checkup in years | -1045 | @grant | @m.pressure | annual checkup | Tired, thirsty | Hypertension, suspected diabetes | Laboratory tests, home blood pressure | Results in a week | 40 | office | routine",
		"| New diabetes | -1040 | @osei | @m.diabetes | consultation | Thirst, passing water at night | Type 2 diabetes, HbA1c 8.9 % | Metformin, diabetes education, eye check | In 3 months | 45 | office | routine",
		"| Diabetes follow-up | -950 | @osei | @m.diabetes | follow-up | | HbA1c 8.1 % | Metformin to 1000 mg twice daily | In 3 months | 25 | office | routine",
		"| Blood pressure follow-up | -860 | @grant | @m.pressure | follow-up | | Still above goal | Lisinopril to 20 mg | In 3 months | 20 | office | routine",
		"| Cholesterol follow-up | -760 | @grant | @m.lipids | follow-up | | LDL 104 mg/dL | Atorvastatin to 40 mg | In 6 months | 20 | telehealth | routine",
		"| Diabetes follow-up | -680 | @osei | @m.diabetes | follow-up | | HbA1c 7.6 % | Empagliflozin added | In 3 months | 25 | office | routine",
		"| Twisted ankle | -512 | @grant | @m.ankle | urgent care | Pain and swelling after football | Sprain, no fracture by Ottawa rules | Rest, ice, ibuprofen for 5 days | If no better in a week | 20 | office | urgent",
		"| Diabetes follow-up | -500 | @osei | @m.diabetes | follow-up | | HbA1c 7.1 % | Continue | In 4 months | 25 | office | routine",
		"| Diabetes follow-up | -320 | @osei | @m.diabetes | follow-up | | HbA1c 6.8 %, at goal | Continue | In 6 months | 20 | telehealth | routine",
		"| Yearly checkup | -140 | @grant | @m.pressure | annual checkup | | Blood pressure at goal, 19 lbs lost | Colon screening due at 45 | In a year | 30 | office | routine",
		"| Diabetes follow-up | -25 | @osei | @m.diabetes | follow-up | | HbA1c 6.6 % | Continue | In 6 months | 20 | office | routine",
		NULL } };

static const struct sheet lily_visits = { "encounters", "lily", VISIT_COLUMNS,
	(const char *const[]){
		"| Asthma review | -1000 | @rossi | @l.asthma | consultation | Coughs at night twice a week | Mild persistent asthma | Fluticasone twice daily, action plan | In 3 months | 40 | office | routine",
		"| Asthma review | -820 | @rossi | @l.asthma | follow-up | Sleeps through | Well controlled | Continue | In 6 months | 20 | office | routine",
		"| Asthma attack | -418 | @lind | @l.flare | urgent care | Wheezing after a cold | Acute exacerbation, SpO2 94 % | Albuterol by spacer, prednisolone for 5 days | Call if worse; see in 2 days | 60 | office | urgent",
		"| After the attack | -416 | @lind | @l.flare | follow-up | Better | Resolving | Finish prednisolone | With Dr. Rossi in a month | 15 | office | routine",
		"| Asthma review | -385 | @rossi | @l.asthma | follow-up | | Well controlled again | Technique checked | In 6 months | 25 | office | routine",
		"| Sore throat | -240 | @lind | @l.strep | sick visit | Fever, sore throat | Strep throat, rapid test positive | Cephalexin (penicillin allergy) | If no better in 2 days | 15 | office | routine",
		"| Peanut allergy review | -215 | @rossi | @l.peanut | follow-up | No reaction this year | Still allergic, IgE high | Injector changed to 0.3 mg for her weight | In a year | 30 | office | routine",
		"| Asthma review | -60 | @rossi | @l.asthma | follow-up | | Well controlled | Continue through the winter | In 6 months | 20 | office | routine",
		NULL } };

static const struct sheet noah_visits = { "encounters", "noah", VISIT_COLUMNS,
	(const char *const[]){
		"| Birth | -790 | @moreau | | hospital | | Healthy boy, 40 weeks, Apgar 9 and 10 | Rooming in | See the pediatrician in 3 days | | hospital | routine",
		"| Newborn check | -787 | @lind | @n.jaundice | well-child | Yellow skin | Mild jaundice, bilirubin below the line | Feed often | In 2 days | 20 | office | routine",
		"| Ear ache | -330 | @lind | @n.ear | sick visit | Fever, pulls at the right ear | Acute otitis media | Amoxicillin for 10 days | In 2 weeks | 15 | office | urgent",
		"| Ear check | -316 | @lind | @n.ear | follow-up | | Drum normal again | None | | 10 | office | routine",
		NULL } };

static const struct sheet ruth_visits = { "encounters", "ruth", VISIT_COLUMNS,
	(const char *const[]){
		"| Medicare wellness visit | -1080 | @grant | @r.pressure | annual checkup | | Stable | Continue; bone density due | In a year | 40 | office | routine",
		"r.er | Racing heart | -930 | @park | @r.afib | emergency | Palpitations since the morning, short of breath | New atrial fibrillation with rapid response | Rate control, anticoagulation started | Cardiology in a week | 240 | hospital | emergency",
		"| Cardiology visit | -923 | @park | @r.afib | consultation | Better | Paroxysmal atrial fibrillation | Apixaban, metoprolol; naproxen stopped | In 3 months | 40 | office | routine",
		"| Cardiology visit | -830 | @park | @r.afib | follow-up | No palpitations | Rate controlled | Continue | In 6 months | 25 | office | routine",
		"| Blurred vision | -620 | @haddad | @r.cataract | consultation | Glare at night | Nuclear cataract, left | Surgery planned | | 30 | office | routine",
		"| Medicare wellness visit | -700 | @grant | @r.kidney | annual checkup | | eGFR stable at 52 | No NSAIDs | In a year | 40 | office | routine",
		"| Knee pain | -455 | @grant | @r.knee | follow-up | Stairs are hard | Osteoarthritis, right knee | Physical therapy, acetaminophen | In 3 months | 25 | office | routine",
		"| Medicare wellness visit | -335 | @grant | @r.bones | annual checkup | | Stable; no falls | Medicines reviewed, all nine | In a year | 45 | office | routine",
		"| Cardiology visit | -210 | @park | @r.afib | follow-up | | Stable | Kidney function twice a year for the apixaban dose | In 6 months | 25 | office | routine",
		"| Medicine review | -40 | @grant | @r.reflux | follow-up | | Nine medicines, no falls, no bleeding | Omeprazole may be tried every other day | In 6 months | 30 | office | routine",
		NULL } };

#define PROCEDURE_COLUMNS                                                              \
	"procedure_name procedure_type procedure_code date status practitioner_id "    \
	"condition_id description facility procedure_setting procedure_duration "      \
	"anesthesia_type procedure_complications"

static const struct sheet elena_procedures = { "procedures", "elena", PROCEDURE_COLUMNS,
	(const char *const[]){
		"Fetal anatomy ultrasound | diagnostic | 76805 | -930 | completed | @moreau | @e.pregnant | Normal anatomy | Harbor Women's Health | outpatient | 45 | |",
		"Vaginal delivery | obstetric | 59400 | -790 | completed | @moreau | @e.pregnant | Spontaneous, second degree tear sutured | Harbor General Hospital | inpatient | 380 | epidural | none",
		"Thyroid ultrasound | diagnostic | 76536 | +19 | scheduled | @osei | @e.thyroid | Control after five years | Riverside Imaging | outpatient | 20 | |",
		NULL } };

static const struct sheet marcus_procedures = { "procedures", "marcus", PROCEDURE_COLUMNS,
	(const char *const[]){
		"Electrocardiogram | diagnostic | 93000 | -1045 | completed | @grant | @m.pressure | Sinus rhythm, no hypertrophy | Riverside Family Practice | office | 10 | |",
		"Dilated eye examination | diagnostic | 92014 | -1000 | completed | @haddad | @m.diabetes | No retinopathy | Charles Street Eye Center | outpatient | 30 | |",
		"Dilated eye examination | diagnostic | 92014 | -270 | completed | @haddad | @m.diabetes | No retinopathy | Charles Street Eye Center | outpatient | 30 | |",
		"Screening colonoscopy | diagnostic | 45378 | -75 | completed | @chen | | Normal; next in ten years | Riverside Digestive Health | outpatient | 30 | conscious sedation | none",
		"Dilated eye examination | diagnostic | 92014 | +12 | scheduled | @haddad | @m.diabetes | Yearly control | Charles Street Eye Center | outpatient | 30 | |",
		NULL } };

static const struct sheet lily_procedures = { "procedures", "lily", PROCEDURE_COLUMNS,
	(const char *const[]){
		"Spirometry before and after albuterol | diagnostic | 94060 | -1000 | completed | @rossi | @l.asthma | FEV1 82 % of predicted, 14 % better after albuterol | Harbor Allergy and Asthma | office | 30 | |",
		"Spirometry | diagnostic | 94010 | -60 | completed | @rossi | @l.asthma | FEV1 95 % of predicted | Harbor Allergy and Asthma | office | 20 | |",
		"Spirometry | diagnostic | 94010 | +33 | scheduled | @rossi | @l.asthma | Control in winter | Harbor Allergy and Asthma | office | 20 | |",
		NULL } };

static const struct sheet noah_procedures = { "procedures", "noah", PROCEDURE_COLUMNS,
	(const char *const[]){
		"Newborn hearing screening | diagnostic | 92650 | -789 | completed | @lind | | Passed, both ears | Harbor General Hospital | inpatient | 15 | none |",
		NULL } };

static const struct sheet ruth_procedures = { "procedures", "ruth", PROCEDURE_COLUMNS,
	(const char *const[]){
		"Electrocardiogram | diagnostic | 93000 | -930 | completed | @park | @r.afib | Atrial fibrillation, 138 a minute | Harbor General Hospital | inpatient | 10 | |",
		"Transthoracic echocardiogram | diagnostic | 93306 | -921 | completed | @park | @r.afib | Ejection fraction 60 %, left atrium mildly enlarged | Back Bay Cardiology | outpatient | 45 | |",
		"Bone density scan (DXA) | diagnostic | 77080 | -1070 | completed | @grant | @r.bones | T-score spine -2.7, hip -2.2 | Riverside Imaging | outpatient | 20 | |",
		"Cataract surgery, left eye | surgical | 66984 | -560 | completed | @haddad | @r.cataract | Phacoemulsification with lens implant | Charles Street Eye Center | outpatient | 25 | local | none",
		"Bone density scan (DXA) | diagnostic | 77080 | +35 | scheduled | @grant | @r.bones | Control on alendronate | Riverside Imaging | outpatient | 20 | |",
		NULL } };

#define TREATMENT_COLUMNS                                                              \
	"treatment_name treatment_type start_date end_date status practitioner_id "    \
	"condition_id description frequency outcome location"

static const struct sheet marcus_treatments = { "treatments", "marcus", TREATMENT_COLUMNS,
	(const char *const[]){
		"Diabetes self-management education | education | -1020 | -970 | completed | @osei | @m.diabetes | Food, glucose checks, feet | weekly, 6 times | Counts carbohydrates, checks glucose | Charles Street Endocrine",
		"Walking programme | exercise | -1000 | | active | @grant | @m.weight | 30 minutes of brisk walking | 5 days a week | 19 lbs lost so far | home",
		NULL } };

static const struct sheet lily_treatments = { "treatments", "lily", TREATMENT_COLUMNS,
	(const char *const[]){
		"Asthma action plan | self-management | -1000 | | active | @rossi | @l.asthma | Green, yellow and red zone by symptoms | daily | One attack in three years | home and school",
		NULL } };

static const struct sheet elena_treatments = { "treatments", "elena", TREATMENT_COLUMNS,
	(const char *const[]){
		"Pelvic floor physical therapy | physical therapy | -740 | -650 | completed | @fox | @e.pregnant | After birth | every two weeks | No complaints | Riverside Rehabilitation",
		NULL } };

static const struct sheet ruth_treatments = { "treatments", "ruth", TREATMENT_COLUMNS,
	(const char *const[]){
		"Physical therapy for the knee | physical therapy | -445 | -360 | completed | @fox | @r.knee | Strength of the thigh, balance | twice weekly, 12 weeks | Walks stairs with one rail | Riverside Rehabilitation",
		"Fall prevention exercises | exercise | -360 | | active | @fox | @r.bones | Tai chi group | weekly | No falls | Somerville senior center",
		NULL } };

#define VACCINE_COLUMNS                                                                \
	"vaccine_name vaccine_trade_name manufacturer date_administered dose_number "  \
	"site route location practitioner_id"

static const struct sheet elena_vaccines = { "immunizations", "elena", VACCINE_COLUMNS,
	(const char *const[]){
		"Tdap | Boostrix | GSK | -874 | 1 | left deltoid | intramuscular | Harbor Women's Health | @moreau",
		NULL } };

static const struct sheet marcus_vaccines = { "immunizations", "marcus", VACCINE_COLUMNS,
	(const char *const[]){
		"Tdap | Boostrix | GSK | -1045 | 1 | right deltoid | intramuscular | Riverside Family Practice | @grant",
		"Hepatitis B | Heplisav-B | Dynavax | -1040 | 1 | left deltoid | intramuscular | Riverside Family Practice | @grant",
		"Hepatitis B | Heplisav-B | Dynavax | -1008 | 2 | left deltoid | intramuscular | Riverside Family Practice | @grant",
		"Pneumococcal conjugate (PCV20) | Prevnar 20 | Pfizer | -950 | 1 | right deltoid | intramuscular | Riverside Family Practice | @grant",
		NULL } };

static const struct sheet ruth_vaccines = { "immunizations", "ruth", VACCINE_COLUMNS,
	(const char *const[]){
		"Zoster, recombinant | Shingrix | GSK | -2000 | 1 | left deltoid | intramuscular | Riverside Pharmacy | ",
		"Zoster, recombinant | Shingrix | GSK | -1900 | 2 | left deltoid | intramuscular | Riverside Pharmacy | ",
		"Pneumococcal conjugate (PCV20) | Prevnar 20 | Pfizer | -1080 | 1 | right deltoid | intramuscular | Riverside Family Practice | @grant",
		"RSV | Arexvy | GSK | -700 | 1 | left deltoid | intramuscular | Riverside Pharmacy | ",
		NULL } };
/* clang-format on */

const struct sheet *const demo_visit_sheets[] = {
	&elena_visits, &marcus_visits, &lily_visits, &noah_visits, &ruth_visits,
	&elena_procedures, &marcus_procedures, &lily_procedures, &noah_procedures,
	&ruth_procedures,
	&elena_treatments, &marcus_treatments, &lily_treatments, &ruth_treatments,
	&elena_vaccines, &marcus_vaccines, &ruth_vaccines,
	NULL
};
