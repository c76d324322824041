PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE users (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	username VARCHAR NOT NULL UNIQUE,
	email VARCHAR NOT NULL UNIQUE,
	password_hash VARCHAR NOT NULL,
	full_name VARCHAR NOT NULL,
	role VARCHAR NOT NULL CHECK (role IN ('admin', 'user', 'guest', 'doctor', 'nurse', 'staff', 'administrator')),
	auth_method VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (auth_method IN ('local', 'sso', 'hybrid')),
	external_id VARCHAR(255) UNIQUE CHECK (length(external_id) <= 255),
	sso_provider VARCHAR(50) CHECK (length(sso_provider) <= 50),
	sso_metadata JSON,
	last_sso_login DATETIME,
	account_linked_at DATETIME,
	sso_linking_preference VARCHAR(20) CHECK (sso_linking_preference IN ('auto_link', 'create_separate', 'always_ask')),
	active_patient_id INTEGER REFERENCES patients (id) ON DELETE NO ACTION,
	is_active BOOLEAN DEFAULT TRUE CHECK (is_active IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO users VALUES(1,'elena','elena@bergs.example.com','!','Elena Berg','user','local',NULL,NULL,NULL,NULL,NULL,NULL,3,1,'2026-11-22 17:50:52.985413','2026-11-22 17:50:52.985413');
INSERT INTO users VALUES(2,'marcus','marcus@bergs.example.com','!','Marcus Berg','admin','local',NULL,NULL,NULL,NULL,NULL,NULL,5,1,'2026-11-22 17:50:52.999938','2026-11-22 17:50:52.999938');
INSERT INTO users VALUES(3,'drgrant','h.grant@practice.example.com','!','Helen Grant','doctor','local',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 17:50:53.013453','2026-11-22 17:50:53.013453');
CREATE TABLE practitioners (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	specialty VARCHAR NOT NULL,
	practice VARCHAR NOT NULL,
	phone_number VARCHAR,
	website VARCHAR,
	rating REAL CHECK (rating BETWEEN 0 AND 5),
	added_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	created_at DATETIME,
	updated_at DATETIME
);
INSERT INTO practitioners VALUES(1,'Dr. Helen Grant','Family Medicine','Riverside Family Practice','6175550110',NULL,4.7999999999999998223,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(2,'Dr. Kwame Osei','Endocrinology','Charles Street Endocrine','6175550121',NULL,4.5999999999999996447,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(3,'Dr. Astrid Lind','Pediatrics','Harbor Pediatrics','6175550132',NULL,4.9000000000000003552,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(4,'Dr. Claire Moreau','Obstetrics & Gynecology','Harbor Women''s Health','6175550143',NULL,4.7000000000000001776,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(5,'Dr. Daniel Park','Cardiology','Back Bay Cardiology','6175550154',NULL,4.5,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(6,'Dr. Giulia Rossi','Allergy & Immunology','Harbor Allergy and Asthma','6175550165',NULL,4.7999999999999998223,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(7,'Dr. Samir Haddad','Ophthalmology','Charles Street Eye Center','6175550176',NULL,4.4000000000000003552,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(8,'Dr. Mei Chen','Gastroenterology','Riverside Digestive Health','6175550187',NULL,4.5999999999999996447,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO practitioners VALUES(9,'Laura Fox, DPT','Physical Therapy','Riverside Rehabilitation','6175550198',NULL,4.9000000000000003552,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE pharmacies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	brand VARCHAR,
	street_address VARCHAR,
	city VARCHAR,
	state VARCHAR,
	zip_code VARCHAR,
	country VARCHAR,
	store_number VARCHAR,
	phone_number VARCHAR,
	fax_number VARCHAR,
	email VARCHAR,
	website VARCHAR,
	hours VARCHAR,
	drive_through BOOLEAN DEFAULT FALSE CHECK (drive_through IN (0, 1)),
	twenty_four_hour BOOLEAN DEFAULT FALSE CHECK (twenty_four_hour IN (0, 1)),
	specialty_services VARCHAR,
	added_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO pharmacies VALUES(1,'Riverside Pharmacy, Cambridge','Riverside','12 Prospect Street','Cambridge','Massachusetts','02139','United States',NULL,'6175550211',NULL,NULL,NULL,'Mon-Sat 8-20',1,0,'Vaccinations, blister packs',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO pharmacies VALUES(2,'Bay State Mail Order','Bay State','400 Depot Road','Worcester','Massachusetts','01604','United States',NULL,'5085550222',NULL,NULL,NULL,'Mon-Fri 7-18',0,0,'90-day supply by mail',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE patients (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	owner_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	is_self_record BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_self_record IN (0, 1)),
	family_id INTEGER,
	relationship_to_family VARCHAR,
	privacy_level VARCHAR NOT NULL DEFAULT 'owner' CHECK (privacy_level IN ('owner', 'private')),
	external_account_id INTEGER,
	is_externally_accessible BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_externally_accessible IN (0, 1)),
	first_name VARCHAR NOT NULL,
	last_name VARCHAR NOT NULL,
	birth_date DATE NOT NULL,
	physician_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	blood_type VARCHAR CHECK (blood_type IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-')),
	height REAL CHECK (height > 0) CHECK (height <= 108),
	weight REAL CHECK (weight > 0) CHECK (weight <= 992),
	gender VARCHAR CHECK (gender IN ('M', 'F', 'MALE', 'FEMALE', 'OTHER', 'U', 'UNKNOWN')),
	address VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (is_self_record = FALSE OR user_id = owner_user_id)
);
INSERT INTO patients VALUES(1,1,1,0,NULL,'child','owner',NULL,0,'Lily','Berg','2017-08-21',3,'A+',53.0,64.0,'F','48 Willow Street, Cambridge, MA 02139','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO patients VALUES(2,1,1,0,NULL,'child','owner',NULL,0,'Noah','Berg','2024-09-23',3,'O+',34.60000000000000142,27.0,'M','48 Willow Street, Cambridge, MA 02139','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO patients VALUES(3,1,1,1,NULL,'self','owner',NULL,0,'Elena','Berg','1988-08-03',1,'A+',65.0,148.0,'F','48 Willow Street, Cambridge, MA 02139','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO patients VALUES(4,2,2,0,NULL,'parent','owner',NULL,0,'Ruth','Berg','1949-09-07',1,'O+',62.5,141.0,'F','7 Linden Court, Somerville, MA 02143','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO patients VALUES(5,2,2,1,NULL,'self','owner',NULL,0,'Marcus','Berg','1981-08-20',1,'O+',70.0,209.0,'M','48 Willow Street, Cambridge, MA 02139','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE user_preferences (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
	unit_system VARCHAR NOT NULL DEFAULT 'imperial' CHECK (unit_system IN ('imperial', 'metric')),
	session_timeout_minutes INTEGER NOT NULL DEFAULT 30,
	paperless_enabled BOOLEAN NOT NULL DEFAULT FALSE CHECK (paperless_enabled IN (0, 1)),
	paperless_url VARCHAR(500) CHECK (length(paperless_url) <= 500),
	paperless_api_token_encrypted TEXT,
	paperless_username_encrypted TEXT,
	paperless_password_encrypted TEXT,
	default_storage_backend VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (default_storage_backend IN ('local', 'paperless')),
	paperless_auto_sync BOOLEAN NOT NULL DEFAULT FALSE CHECK (paperless_auto_sync IN (0, 1)),
	paperless_sync_tags BOOLEAN NOT NULL DEFAULT TRUE CHECK (paperless_sync_tags IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (session_timeout_minutes BETWEEN 5 AND 1440)
);
INSERT INTO user_preferences VALUES(1,1,'imperial',30,0,NULL,NULL,NULL,NULL,'local',0,1,'2026-11-22 17:50:52.985413','2026-11-22 17:50:52.985413');
INSERT INTO user_preferences VALUES(2,2,'imperial',30,0,NULL,NULL,NULL,NULL,'local',0,1,'2026-11-22 17:50:52.999938','2026-11-22 17:50:52.999938');
INSERT INTO user_preferences VALUES(3,3,'imperial',30,0,NULL,NULL,NULL,NULL,'local',0,1,'2026-11-22 17:50:53.013453','2026-11-22 17:50:53.013453');
CREATE TABLE sessions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	token_id VARCHAR NOT NULL UNIQUE,
	expires_at DATETIME NOT NULL,
	last_used_at DATETIME NOT NULL,
	ip_address VARCHAR,
	user_agent VARCHAR,
	ended_at DATETIME,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE settings (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL UNIQUE,
	value VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	pharmacy_id INTEGER REFERENCES pharmacies (id) ON DELETE NO ACTION,
	medication_name VARCHAR NOT NULL,
	dosage VARCHAR,
	frequency VARCHAR,
	route VARCHAR CHECK (route IN ('oral', 'injection', 'topical', 'intravenous', 'intramuscular', 'subcutaneous', 'inhalation', 'nasal', 'rectal', 'sublingual')),
	indication VARCHAR,
	effective_period_start DATE,
	effective_period_end DATE,
	status VARCHAR CHECK (status IN ('active', 'stopped', 'on-hold', 'completed', 'cancelled')),
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (effective_period_end IS NULL OR effective_period_start IS NULL OR effective_period_end >= effective_period_start)
);
INSERT INTO medications VALUES(1,3,2,1,'Levothyroxine 50 mcg','50 mcg','once daily, before breakfast','oral','Hypothyroidism','2021-09-04','2024-02-11','completed','["thyroid"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(2,3,2,1,'Levothyroxine 75 mcg','75 mcg','once daily, before breakfast','oral','Hypothyroidism in pregnancy','2024-02-12','2024-10-03','completed','["thyroid","pregnancy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(3,3,2,1,'Levothyroxine','50 mcg','once daily, before breakfast','oral','Hypothyroidism','2024-10-04',NULL,'active','["thyroid"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(4,3,4,1,'Prenatal vitamin','1 tablet','once daily','oral','Pregnancy and nursing','2023-11-28','2025-02-20','completed','["pregnancy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(5,3,4,1,'Ferrous sulfate','325 mg','every other day','oral','Iron deficiency in pregnancy','2024-06-25','2024-11-12','completed','["pregnancy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(6,3,1,1,'Sumatriptan','50 mg','as needed, at most twice a day','oral','Migraine','2021-02-21',NULL,'active','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(7,3,NULL,1,'Cetirizine','10 mg','once daily, in spring','oral','Hay fever','2022-10-14',NULL,'active','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(8,5,2,1,'Metformin 500 mg','500 mg','twice daily with meals','oral','Type 2 diabetes','2024-01-17','2024-04-15','completed','["diabetes"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(9,5,2,2,'Metformin','1000 mg','twice daily with meals','oral','Type 2 diabetes','2024-04-16',NULL,'active','["diabetes"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(10,5,2,2,'Empagliflozin','10 mg','once daily in the morning','oral','Type 2 diabetes','2025-01-11',NULL,'active','["diabetes"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(11,5,1,1,'Lisinopril 10 mg','10 mg','once daily','oral','Hypertension','2024-01-17','2024-07-14','completed','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(12,5,1,2,'Lisinopril','20 mg','once daily','oral','Hypertension','2024-07-15',NULL,'active','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(13,5,1,1,'Atorvastatin 20 mg','20 mg','once daily in the evening','oral','High cholesterol','2024-01-27','2024-10-22','completed','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(14,5,1,2,'Atorvastatin','40 mg','once daily in the evening','oral','High cholesterol','2024-10-23',NULL,'active','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(15,5,1,1,'Ibuprofen','400 mg','three times daily for 5 days','oral','Sprained ankle','2025-06-28','2025-07-03','completed','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(16,1,6,1,'Albuterol HFA','90 mcg, 2 puffs','every 4 to 6 hours as needed','inhalation','Asthma, relief','2023-07-01',NULL,'active','["asthma"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(17,1,6,1,'Fluticasone HFA','44 mcg, 2 puffs','twice daily with spacer','inhalation','Asthma, control','2024-02-26',NULL,'active','["asthma"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(18,1,6,1,'Epinephrine auto-injector, junior','0.15 mg','once for a severe reaction, then 911','intramuscular','Peanut allergy','2020-03-18','2026-04-20','completed','["allergy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(19,1,6,1,'Epinephrine auto-injector','0.3 mg','once for a severe reaction, then 911','intramuscular','Peanut allergy','2026-04-21',NULL,'active','["allergy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(20,1,3,1,'Prednisolone','25 mg','once daily for 5 days','oral','Asthma attack','2025-09-30','2025-10-05','completed','["asthma"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(21,1,3,1,'Cephalexin','500 mg','twice daily for 10 days','oral','Strep throat','2026-03-27','2026-04-06','completed','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(22,2,3,1,'Vitamin D drops','400 IU','once daily','oral','Breast-fed infant','2024-09-28','2025-09-23','completed','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(23,2,3,1,'Amoxicillin suspension','400 mg','twice daily for 10 days','oral','Ear infection','2025-12-27','2026-01-06','completed','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(24,2,3,1,'Hydrocortisone cream 1 %','thin layer','twice daily when red','topical','Eczema','2025-04-11',NULL,'active','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(25,4,5,1,'Apixaban','5 mg','twice daily','oral','Atrial fibrillation, stroke prevention','2024-05-11',NULL,'active','["heart","blood-thinner"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(26,4,5,1,'Metoprolol succinate','50 mg','once daily','oral','Atrial fibrillation, rate control','2024-05-11',NULL,'active','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(27,4,1,1,'Losartan','50 mg','once daily','oral','Hypertension and kidney protection','2023-01-22',NULL,'active','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(28,4,1,1,'Amlodipine','5 mg','once daily','oral','Hypertension','2018-05-28',NULL,'active','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(29,4,1,1,'Atorvastatin','20 mg','once daily in the evening','oral','High cholesterol','2014-01-09',NULL,'active','["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(30,4,1,1,'Alendronate','70 mg','once weekly, fasting and upright','oral','Osteoporosis','2022-07-16',NULL,'active','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(31,4,NULL,1,'Calcium with vitamin D','600 mg / 800 IU','once daily with food','oral','Osteoporosis','2022-07-16',NULL,'active','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(32,4,8,1,'Omeprazole','20 mg','once daily before breakfast','oral','Reflux','2020-01-28',NULL,'active','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(33,4,1,1,'Acetaminophen','650 mg','up to three times daily as needed','oral','Knee pain','2024-05-12',NULL,'active','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(34,4,1,1,'Naproxen','250 mg','twice daily as needed','oral','Knee pain','2019-03-24','2024-05-10','stopped','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO medications VALUES(35,4,7,1,'Prednisolone eye drops 1 %','1 drop, left eye','four times daily, then less',NULL,'After cataract surgery','2025-05-11','2025-06-10','completed','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	medication_id INTEGER REFERENCES medications (id) ON DELETE NO ACTION,
	condition_name VARCHAR,
	diagnosis VARCHAR NOT NULL,
	notes TEXT,
	onset_date DATE,
	status VARCHAR NOT NULL CHECK (status IN ('active', 'inactive', 'resolved', 'chronic', 'recurrence', 'relapse')),
	end_date DATE,
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	icd10_code VARCHAR,
	snomed_code VARCHAR,
	code_description VARCHAR,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (end_date IS NULL OR onset_date IS NULL OR end_date >= onset_date)
);
INSERT INTO conditions VALUES(1,3,2,NULL,'Underactive thyroid','Autoimmune hypothyroidism (Hashimoto)','TSH every 6 to 12 months','2021-08-30','active',NULL,'mild','E06.3','21983002',NULL,'["thyroid"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(2,3,1,NULL,'Migraine','Migraine without aura','About once a month; less since the birth','2015-05-24','active',NULL,'moderate','G43.009','56097005',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(3,3,6,NULL,'Hay fever','Seasonal allergic rhinitis due to pollen','April to June','2009-02-04','active',NULL,'mild','J30.1','21719001',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(4,3,4,NULL,'Pregnancy','Supervision of normal pregnancy','Ended in the birth of Noah at 40 weeks','2024-01-27','resolved','2024-09-23',NULL,'Z34.83','77386006',NULL,'["pregnancy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(5,3,4,NULL,'Iron deficiency','Anemia complicating pregnancy, third trimester','Iron every other day','2024-06-25','resolved','2024-11-12','mild','O99.013','87522002',NULL,'["pregnancy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(6,5,1,NULL,'High blood pressure','Essential (primary) hypertension','Goal below 130/80','2024-01-12','chronic',NULL,'moderate','I10','59621000',NULL,'["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(7,5,2,NULL,'Diabetes','Type 2 diabetes mellitus without complications','Goal HbA1c below 7 %','2024-01-17','chronic',NULL,'moderate','E11.9','44054006',NULL,'["diabetes"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(8,5,1,NULL,'High cholesterol','Mixed hyperlipidemia',NULL,'2024-01-17','active',NULL,'mild','E78.2','267434003',NULL,'["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(9,5,1,NULL,'Obesity','Obesity, class 1','228 lbs when found, going down','2020-11-13','active',NULL,'mild','E66.811','414916001',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(10,5,1,NULL,'Sprained ankle','Sprain of the right ankle','Football with Lily','2025-06-28','resolved','2025-08-09','mild','S93.401A','44465007',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(11,1,6,NULL,'Asthma','Mild persistent asthma, uncomplicated','Worse with colds and in spring','2023-07-01','active',NULL,'mild','J45.30','426979002',NULL,'["asthma"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(12,1,6,NULL,'Peanut allergy','Allergy to peanuts','Carries epinephrine','2020-03-08','active',NULL,'severe','Z91.010','91935009',NULL,'["allergy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(13,1,3,NULL,'Asthma attack','Mild persistent asthma with acute exacerbation','After a cold','2025-09-30','resolved','2025-10-10','moderate','J45.31','708038006',NULL,'["asthma"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(14,1,3,NULL,'Strep throat','Streptococcal pharyngitis','Rapid test positive','2026-03-27','resolved','2026-04-08','mild','J02.0','43878008',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(15,2,3,NULL,'Newborn jaundice','Neonatal jaundice, unspecified','No phototherapy needed','2024-09-25','resolved','2024-10-05','mild','P59.9','387712008',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(16,2,3,NULL,'Ear infection','Acute suppurative otitis media, right ear',NULL,'2025-12-27','resolved','2026-01-08','moderate','H66.001','194281003',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(17,2,3,NULL,'Eczema','Atopic dermatitis','Elbows and knees; moisturiser','2025-04-01','active',NULL,'mild','L20.9','24079001',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(18,4,1,NULL,'High blood pressure','Essential (primary) hypertension',NULL,'2006-11-27','chronic',NULL,'moderate','I10','59621000',NULL,'["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(19,4,5,NULL,'Atrial fibrillation','Paroxysmal atrial fibrillation','CHA2DS2-VASc 4: anticoagulated','2024-05-06','chronic',NULL,'moderate','I48.0','282825002',NULL,'["heart"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(20,4,1,NULL,'Kidney disease','Chronic kidney disease, stage 3a','No NSAIDs','2023-01-22','chronic',NULL,'moderate','N18.31','700378005',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(21,4,1,NULL,'Osteoporosis','Age-related osteoporosis without current fracture','T-score -2.7 at the spine','2022-07-06','chronic',NULL,'moderate','M81.0','64859006',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(22,4,1,NULL,'Knee arthritis','Primary osteoarthritis, right knee',NULL,'2018-12-14','chronic',NULL,'moderate','M17.11','239873007',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(23,4,8,NULL,'Reflux','Gastro-esophageal reflux disease without esophagitis',NULL,'2020-01-18','active',NULL,'mild','K21.9','235595009',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(24,4,1,NULL,'High cholesterol','Pure hypercholesterolemia',NULL,'2013-10-01','chronic',NULL,'mild','E78.00','13644009',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO conditions VALUES(25,4,7,NULL,'Cataract','Age-related nuclear cataract, left eye','Operated','2024-06-05','resolved','2025-05-11','moderate','H25.12','193570009',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	test_name VARCHAR NOT NULL,
	test_code VARCHAR,
	test_category VARCHAR CHECK (test_category IN ('blood work', 'imaging', 'pathology', 'microbiology', 'chemistry', 'hematology', 'immunology', 'genetics', 'cardiology', 'pulmonology', 'other')),
	test_type VARCHAR CHECK (test_type IN ('routine', 'urgent', 'stat', 'emergency', 'follow-up', 'screening')),
	facility VARCHAR,
	status VARCHAR NOT NULL DEFAULT 'ordered' CHECK (status IN ('ordered', 'in_progress', 'completed', 'cancelled')),
	labs_result VARCHAR CHECK (labs_result IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline', 'inconclusive')),
	ordered_date DATE,
	completed_date DATE,
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME,
	updated_at DATETIME,
	CHECK (completed_date IS NULL OR ordered_date IS NULL OR completed_date >= ordered_date)
);
INSERT INTO lab_results VALUES(8,5,2,'Hemoglobin A1c','4548-4','blood work','routine','Cambridge Community Laboratory','completed','abnormal','2024-07-13','2024-07-14',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_results VALUES(16,5,2,'Basic Metabolic Panel','51990-0','blood work','routine','Cambridge Community Laboratory','completed','abnormal','2025-07-08','2025-07-09',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_results VALUES(24,3,2,'Thyroid Function','3016-3','blood work','routine','Cambridge Community Laboratory','completed','normal','2024-04-16','2024-04-17',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_results VALUES(32,3,1,'Thyroid Function','3016-3','blood work','routine','Cambridge Community Laboratory','completed','normal','2025-05-13','2025-05-14',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_results VALUES(40,2,3,'Lead, venous','5671-3','blood work','routine','Cambridge Community Laboratory','completed','normal','2026-09-25','2026-09-26','Two years','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_results VALUES(48,4,1,'Vitamin D','1989-3','blood work','routine','Cambridge Community Laboratory','completed','normal','2024-12-20','2024-12-21',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_results VALUES(56,4,1,'Complete Blood Count','58410-2','blood work','routine','Cambridge Community Laboratory','completed','normal','2026-10-11','2026-10-12',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE lab_test_components (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER NOT NULL REFERENCES lab_results (id) ON DELETE CASCADE,
	test_name VARCHAR NOT NULL,
	abbreviation VARCHAR,
	test_code VARCHAR,
	value REAL NOT NULL CHECK (value BETWEEN -1e+15 AND 1e+15),
	unit VARCHAR NOT NULL,
	ref_range_min REAL CHECK (ref_range_min BETWEEN -1e+15 AND 1e+15),
	ref_range_max REAL CHECK (ref_range_max BETWEEN -1e+15 AND 1e+15),
	ref_range_text VARCHAR,
	status VARCHAR CHECK (status IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline')),
	category VARCHAR CHECK (category IN ('chemistry', 'hematology', 'immunology', 'microbiology', 'endocrinology', 'toxicology', 'genetics', 'molecular', 'pathology', 'lipids', 'other')),
	display_order INTEGER CHECK (display_order >= 0),
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO lab_test_components VALUES(25,8,'Hemoglobin A1c','HBA1C','4548-4',7.7000000000000001776,'%',4.0,5.5999999999999996447,NULL,'high','chemistry',1,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(47,16,'Sodium','NA','2951-2',140.0,'mmol/L',135.0,145.0,NULL,'normal','chemistry',1,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(48,16,'Potassium','K','2823-3',4.4000000000000003552,'mmol/L',3.5,5.0999999999999996447,NULL,'normal','chemistry',2,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(49,16,'Chloride','CL','2075-0',103.0,'mmol/L',98.0,107.0,NULL,'normal','chemistry',3,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(50,16,'Carbon dioxide','CO2','2028-9',25.0,'mmol/L',22.0,29.0,NULL,'normal','chemistry',4,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(51,16,'Urea nitrogen','BUN','3094-0',15.0,'mg/dL',7.0,20.0,NULL,'normal','chemistry',5,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(52,16,'Creatinine','CREA','2160-0',0.97999999999999998223,'mg/dL',0.59999999999999997779,1.3000000000000000444,NULL,'normal','chemistry',6,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(53,16,'eGFR','EGFR','98979-8',94.0,'mL/min/1.73m2',60.0,120.0,NULL,'normal','chemistry',7,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(54,16,'Glucose, fasting','GLU','1558-6',128.0,'mg/dL',70.0,99.0,NULL,'high','chemistry',8,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(55,16,'Calcium','CA','17861-6',9.4000000000000003552,'mg/dL',8.5999999999999996447,10.199999999999999289,NULL,'normal','chemistry',9,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(80,24,'Thyroid stimulating hormone','TSH','3016-3',2.2000000000000001776,'mIU/L',0.4000000000000000222,4.5,NULL,'normal','endocrinology',1,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(81,24,'Thyroxine, free','FT4','3024-7',1.1000000000000000888,'ng/dL',0.8000000000000000444,1.8000000000000000444,NULL,'normal','endocrinology',2,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(109,32,'Thyroid stimulating hormone','TSH','3016-3',2.8999999999999999111,'mIU/L',0.4000000000000000222,4.5,NULL,'normal','endocrinology',1,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(110,32,'Thyroxine, free','FT4','3024-7',1.1000000000000000888,'ng/dL',0.8000000000000000444,1.8000000000000000444,NULL,'normal','endocrinology',2,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(122,40,'Lead','PB','5671-3',1.0,'ug/dL',0.0,3.5,NULL,'normal','toxicology',1,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(163,48,'25-Hydroxyvitamin D','VITD','1989-3',36.0,'ng/mL',30.0,80.0,NULL,'normal','chemistry',1,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(211,56,'White blood cells','WBC','6690-2',6.2000000000000001776,'K/uL',4.5,11.0,NULL,'normal','hematology',1,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(212,56,'Red blood cells','RBC','789-8',4.2000000000000001776,'M/uL',3.8999999999999999111,5.7000000000000001776,NULL,'normal','hematology',2,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(213,56,'Hemoglobin','HGB','718-7',12.599999999999999644,'g/dL',12.0,17.0,NULL,'normal','hematology',3,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(214,56,'Hematocrit','HCT','4544-3',38.100000000000001421,'%',36.0,50.0,NULL,'normal','hematology',4,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(215,56,'Mean corpuscular volume','MCV','787-2',92.0,'fL',80.0,100.0,NULL,'normal','hematology',5,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO lab_test_components VALUES(216,56,'Platelets','PLT','777-3',211.0,'K/uL',150.0,400.0,NULL,'normal','hematology',6,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE lab_result_files (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER REFERENCES lab_results (id) ON DELETE CASCADE,
	file_name VARCHAR NOT NULL,
	file_path VARCHAR NOT NULL,
	file_type VARCHAR NOT NULL,
	file_size BIGINT,
	description TEXT,
	uploaded_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE allergies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	medication_id INTEGER REFERENCES medications (id) ON DELETE NO ACTION,
	allergen VARCHAR NOT NULL,
	reaction VARCHAR NOT NULL,
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	onset_date DATE,
	status VARCHAR CHECK (status IN ('active', 'inactive', 'resolved', 'unconfirmed')),
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO allergies VALUES(1,3,NULL,'Birch pollen','Sneezing, itching eyes','mild','2009-02-04','active','April to June','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO allergies VALUES(2,3,NULL,'Latex','Contact rash','mild','2018-05-28','active','Told the delivery room','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO allergies VALUES(3,5,NULL,'Iodinated contrast','Hives','moderate','2021-12-18','unconfirmed','After a CT; not tested since','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO allergies VALUES(4,1,NULL,'Peanut','Hives, wheezing, vomiting within minutes','life-threatening','2020-03-08','active','Two epinephrine injectors at school','["allergy"]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO allergies VALUES(5,1,NULL,'Penicillin','Rash','moderate','2021-09-09','active','On the fifth day of amoxicillin','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO allergies VALUES(6,4,NULL,'Sulfonamide antibiotics','Widespread rash','severe','2001-12-23','active',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO allergies VALUES(7,4,NULL,'Codeine','Nausea and vomiting','mild','2012-08-27','active','Intolerance rather than allergy','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE vitals (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	recorded_date DATETIME NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 0 AND 250),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 0 AND 150),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 0 AND 250),
	temperature REAL CHECK (temperature BETWEEN 0 AND 115),
	weight REAL CHECK (weight BETWEEN 0 AND 992),
	height REAL CHECK (height BETWEEN 0 AND 108),
	oxygen_saturation REAL CHECK (oxygen_saturation BETWEEN 0 AND 100),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 0 AND 50),
	blood_glucose REAL CHECK (blood_glucose BETWEEN 0 AND 800),
	bmi REAL CHECK (bmi BETWEEN 0 AND 100),
	pain_scale INTEGER CHECK (pain_scale BETWEEN 0 AND 10),
	notes TEXT,
	location VARCHAR,
	device_used VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO vitals VALUES(12,5,NULL,'2024-05-01 09:55:00.000000',148,95,84,NULL,222.69999999999998863,70.0,NULL,NULL,163.0,32.0,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(24,5,NULL,'2024-09-27 08:55:00.000000',138,84,72,NULL,218.69999999999998863,70.0,NULL,NULL,151.0,31.399999999999998578,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(36,5,NULL,'2025-03-14 08:00:00.000000',133,82,77,NULL,217.19999999999998862,70.0,NULL,NULL,139.0,31.199999999999999289,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(48,5,NULL,'2025-08-29 08:00:00.000000',135,85,75,NULL,215.30000000000001137,70.0,NULL,NULL,132.0,30.899999999999998578,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(60,5,NULL,'2026-02-13 08:50:00.000000',125,84,78,NULL,213.40000000000000567,70.0,NULL,NULL,131.0,30.600000000000001421,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(72,5,NULL,'2026-07-31 09:15:00.000000',132,80,75,NULL,210.0,70.0,NULL,NULL,108.0,30.10000000000000142,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(84,3,NULL,'2024-05-10 07:40:00.000000',113,68,77,NULL,153.49999999999999999,65.0,NULL,NULL,NULL,25.499999999999999999,NULL,NULL,'clinic',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(96,4,NULL,'2024-03-22 09:05:00.000000',138,76,82,NULL,145.40000000000000568,62.5,97.0,NULL,NULL,26.199999999999999289,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(108,4,NULL,'2024-12-10 07:50:00.000000',132,77,74,NULL,143.80000000000001136,62.5,97.0,NULL,NULL,25.899999999999998578,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(120,4,NULL,'2025-08-19 08:45:00.000000',136,78,66,NULL,143.40000000000000568,62.5,97.0,NULL,NULL,25.80000000000000071,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(132,4,NULL,'2026-04-28 09:35:00.000000',127,72,73,NULL,141.09999999999999431,62.5,96.0,NULL,NULL,25.399999999999998579,NULL,NULL,'home','Upper arm cuff','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(144,1,NULL,'2025-03-08 08:55:00.000000',98,59,92,NULL,53.299999999999997158,49.100000000000001421,98.0,NULL,NULL,15.499999999999999999,NULL,NULL,'clinic',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO vitals VALUES(156,2,NULL,'2026-09-28 10:10:00.000000',NULL,NULL,111,98.700000000000002843,27.0,34.299999999999997157,NULL,27,NULL,16.100000000000001421,NULL,NULL,'clinic',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE immunizations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	vaccine_name VARCHAR NOT NULL,
	vaccine_trade_name VARCHAR,
	date_administered DATE NOT NULL,
	dose_number INTEGER,
	ndc_number VARCHAR,
	lot_number VARCHAR,
	manufacturer VARCHAR,
	site VARCHAR,
	route VARCHAR CHECK (route IN ('intramuscular', 'subcutaneous', 'intradermal', 'oral', 'nasal', '')),
	expiration_date DATE,
	location VARCHAR,
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (expiration_date IS NULL OR expiration_date >= date_administered)
);
INSERT INTO immunizations VALUES(9,4,NULL,'RSV','Arexvy','2024-12-22',1,NULL,NULL,'GSK','left deltoid','intramuscular',NULL,'Riverside Pharmacy',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO immunizations VALUES(18,1,3,'DTaP','Infanrix','2017-12-21',2,NULL,'LI6972','GSK','left thigh','intramuscular','2019-02-24','Harbor Pediatrics',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO immunizations VALUES(27,1,3,'Hib','ActHIB','2018-08-24',4,NULL,'VN4468','Sanofi','right thigh','intramuscular','2019-12-09','Harbor Pediatrics',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO immunizations VALUES(36,1,3,'MMR','M-M-R II','2021-08-25',2,NULL,'BP9346','Merck','left arm','subcutaneous','2022-10-30','Harbor Pediatrics',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO immunizations VALUES(45,2,3,'Rotavirus','Rotarix','2025-01-23',2,NULL,'SN6520','GSK','mouth','oral','2025-11-26','Harbor Pediatrics',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO immunizations VALUES(54,2,3,'Polio (IPV)','IPOL','2025-03-26',3,NULL,'BZ4299','Sanofi','left thigh','intramuscular','2026-01-30','Harbor Pediatrics',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO immunizations VALUES(63,1,3,'Influenza, seasonal','Fluzone','2024-10-11',1,NULL,'DI0030','Sanofi','left deltoid','intramuscular','2025-11-18','Harbor Pediatrics',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO immunizations VALUES(72,5,1,'Influenza, seasonal','Fluzone','2023-10-18',1,NULL,'MJ5267','Sanofi','left deltoid','intramuscular','2024-11-14','Riverside Pharmacy',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE procedures (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	procedure_name VARCHAR NOT NULL,
	procedure_type VARCHAR,
	procedure_code VARCHAR,
	date DATE NOT NULL,
	description TEXT,
	status VARCHAR CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled', 'postponed')),
	notes TEXT,
	facility VARCHAR,
	procedure_setting VARCHAR,
	procedure_complications TEXT,
	procedure_duration INTEGER,
	anesthesia_type VARCHAR,
	anesthesia_notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO procedures VALUES(1,3,4,4,'Fetal anatomy ultrasound','diagnostic','76805','2024-05-06','Normal anatomy','completed',NULL,'Harbor Women''s Health','outpatient',NULL,45,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(2,3,4,4,'Vaginal delivery','obstetric','59400','2024-09-23','Spontaneous, second degree tear sutured','completed',NULL,'Harbor General Hospital','inpatient','none',380,'epidural',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(3,5,1,6,'Electrocardiogram','diagnostic','93000','2024-01-12','Sinus rhythm, no hypertrophy','completed',NULL,'Riverside Family Practice','office',NULL,10,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(4,5,7,7,'Dilated eye examination','diagnostic','92014','2024-02-26','No retinopathy','completed',NULL,'Charles Street Eye Center','outpatient',NULL,30,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(5,5,7,7,'Dilated eye examination','diagnostic','92014','2026-02-25','No retinopathy','completed',NULL,'Charles Street Eye Center','outpatient',NULL,30,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(6,5,8,NULL,'Screening colonoscopy','diagnostic','45378','2026-09-08','Normal; next in ten years','completed',NULL,'Riverside Digestive Health','outpatient','none',30,'conscious sedation',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(7,1,6,11,'Spirometry before and after albuterol','diagnostic','94060','2024-02-26','FEV1 82 % of predicted, 14 % better after albuterol','completed',NULL,'Harbor Allergy and Asthma','office',NULL,30,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(8,1,6,11,'Spirometry','diagnostic','94010','2026-09-23','FEV1 95 % of predicted','completed',NULL,'Harbor Allergy and Asthma','office',NULL,20,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(9,2,3,NULL,'Newborn hearing screening','diagnostic','92650','2024-09-24','Passed, both ears','completed',NULL,'Harbor General Hospital','inpatient',NULL,15,'none',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(10,4,5,19,'Electrocardiogram','diagnostic','93000','2024-05-06','Atrial fibrillation, 138 a minute','completed',NULL,'Harbor General Hospital','inpatient',NULL,10,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(11,4,5,19,'Transthoracic echocardiogram','diagnostic','93306','2024-05-15','Ejection fraction 60 %, left atrium mildly enlarged','completed',NULL,'Back Bay Cardiology','outpatient',NULL,45,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(12,4,1,21,'Bone density scan (DXA)','diagnostic','77080','2023-12-18','T-score spine -2.7, hip -2.2','completed',NULL,'Riverside Imaging','outpatient',NULL,20,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(13,4,7,25,'Cataract surgery, left eye','surgical','66984','2025-05-11','Phacoemulsification with lens implant','completed',NULL,'Charles Street Eye Center','outpatient','none',25,'local',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO procedures VALUES(14,4,1,21,'Bone density scan (DXA)','diagnostic','77080','2026-12-27','Control on alendronate','scheduled',NULL,'Riverside Imaging','outpatient',NULL,20,NULL,NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE treatments (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	treatment_name VARCHAR NOT NULL,
	treatment_type VARCHAR NOT NULL,
	start_date DATE NOT NULL,
	end_date DATE,
	status VARCHAR CHECK (status IN ('active', 'in_progress', 'completed', 'cancelled', 'on_hold', 'planned', 'discontinued', 'stopped')),
	treatment_category VARCHAR,
	notes TEXT,
	frequency VARCHAR,
	outcome VARCHAR,
	description TEXT,
	location VARCHAR,
	dosage VARCHAR,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (end_date IS NULL OR end_date >= start_date)
);
INSERT INTO treatments VALUES(1,3,9,4,'Pelvic floor physical therapy','physical therapy','2024-11-12','2025-02-10','completed',NULL,NULL,'every two weeks','No complaints','After birth','Riverside Rehabilitation',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO treatments VALUES(2,5,2,7,'Diabetes self-management education','education','2024-02-06','2024-03-27','completed',NULL,NULL,'weekly, 6 times','Counts carbohydrates, checks glucose','Food, glucose checks, feet','Charles Street Endocrine',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO treatments VALUES(3,5,1,9,'Walking programme','exercise','2024-02-26',NULL,'active',NULL,NULL,'5 days a week','19 lbs lost so far','30 minutes of brisk walking','home',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO treatments VALUES(4,1,6,11,'Asthma action plan','self-management','2024-02-26',NULL,'active',NULL,NULL,'daily','One attack in three years','Green, yellow and red zone by symptoms','home and school',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO treatments VALUES(5,4,9,22,'Physical therapy for the knee','physical therapy','2025-09-03','2025-11-27','completed',NULL,NULL,'twice weekly, 12 weeks','Walks stairs with one rail','Strength of the thigh, balance','Riverside Rehabilitation',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO treatments VALUES(6,4,9,21,'Fall prevention exercises','exercise','2025-11-27',NULL,'active',NULL,NULL,'weekly','No falls','Tai chi group','Somerville senior center',NULL,'[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE encounters (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	reason VARCHAR NOT NULL,
	date DATE NOT NULL,
	notes TEXT,
	visit_type VARCHAR,
	chief_complaint VARCHAR,
	diagnosis TEXT,
	treatment_plan TEXT,
	follow_up_instructions TEXT,
	duration_minutes INTEGER CHECK (duration_minutes BETWEEN 0 AND 600),
	location VARCHAR,
	priority VARCHAR CHECK (priority IN ('routine', 'urgent', 'emergency')),
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO encounters VALUES(8,3,4,4,'Prenatal visit, 39 weeks','2024-09-16',NULL,'prenatal','Irregular contractions','Cervix 2 cm','Wait','Come when every 5 minutes',20,'office','routine','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO encounters VALUES(16,5,2,7,'Diabetes follow-up','2024-04-16',NULL,'follow-up',NULL,'HbA1c 8.1 %','Metformin to 1000 mg twice daily','In 3 months',25,'office','routine','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO encounters VALUES(24,5,2,7,'Diabetes follow-up','2026-10-28',NULL,'follow-up',NULL,'HbA1c 6.6 %','Continue','In 6 months',20,'office','routine','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO encounters VALUES(32,1,6,11,'Asthma review','2026-09-23',NULL,'follow-up',NULL,'Well controlled','Continue through the winter','In 6 months',20,'office','routine','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO encounters VALUES(40,4,5,19,'Cardiology visit','2024-08-14',NULL,'follow-up','No palpitations','Rate controlled','Continue','In 6 months',25,'office','routine','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO encounters VALUES(48,2,3,NULL,'Well-child visit, 2 months','2024-11-23',NULL,'well-child',NULL,'Lifts the head',NULL,NULL,30,'office','routine','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO encounters VALUES(56,1,3,NULL,'Well-child visit, 7 years','2024-08-24',NULL,'well-child',NULL,'Growing on her line; reads',NULL,NULL,30,'office','routine','[]','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE emergency_contacts (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	relationship VARCHAR NOT NULL CHECK (relationship IN ('spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild', 'aunt', 'uncle', 'cousin', 'friend', 'neighbor', 'caregiver', 'guardian', 'partner', 'other')),
	phone_number VARCHAR NOT NULL,
	secondary_phone VARCHAR,
	email VARCHAR,
	is_primary BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_primary IN (0, 1)),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	address VARCHAR,
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO emergency_contacts VALUES(1,3,'Marcus Berg','spouse','617-555-0401',NULL,'marcus@bergs.example.com',1,1,'48 Willow Street, Cambridge, MA 02139',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(2,3,'Ines Santos','sibling','617-555-0402',NULL,NULL,0,1,NULL,'Has a key to the house','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(3,5,'Elena Berg','spouse','617-555-0400',NULL,'elena@bergs.example.com',1,1,'48 Willow Street, Cambridge, MA 02139',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(4,1,'Elena Berg','parent','617-555-0400',NULL,'elena@bergs.example.com',1,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(5,1,'Marcus Berg','parent','617-555-0401',NULL,'marcus@bergs.example.com',0,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(6,1,'Ruth Berg','grandparent','617-555-0405',NULL,NULL,0,1,NULL,'Picks her up on Wednesdays','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(7,2,'Elena Berg','parent','617-555-0400',NULL,'elena@bergs.example.com',1,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(8,2,'Marcus Berg','parent','617-555-0401',NULL,'marcus@bergs.example.com',0,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(9,4,'Marcus Berg','child','617-555-0401',NULL,'marcus@bergs.example.com',1,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO emergency_contacts VALUES(10,4,'Dolores Pike','neighbor','617-555-0406',NULL,NULL,0,1,NULL,'Next door, number 9','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE insurance (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	insurance_type VARCHAR NOT NULL CHECK (insurance_type IN ('medical', 'dental', 'vision', 'prescription')),
	company_name VARCHAR NOT NULL,
	employer_group VARCHAR,
	member_name VARCHAR NOT NULL,
	member_id VARCHAR NOT NULL,
	group_number VARCHAR,
	plan_name VARCHAR,
	policy_holder_name VARCHAR,
	relationship_to_holder VARCHAR CHECK (relationship_to_holder IN ('self', 'spouse', 'child', 'dependent', 'other')),
	effective_date DATE NOT NULL,
	expiration_date DATE,
	status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'expired', 'pending')),
	is_primary BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_primary IN (0, 1)),
	coverage_details JSON,
	contact_info JSON,
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (expiration_date IS NULL OR expiration_date >= effective_date)
);
INSERT INTO insurance VALUES(1,3,'medical','Bay Colony Health','Northgate Design','Elena Berg','BCH4471902-02','NGD-118','Family PPO','Marcus Berg','spouse','2023-01-22',NULL,'active',1,'{"copay_pcp":20,"copay_specialist":40,"copay_urgent_care":50,"copay_er":150,"deductible":1500}','{"phone":"800-555-0300"}',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO insurance VALUES(2,3,'dental','Bay Colony Dental','Northgate Design','Elena Berg','BCD4471902-02','NGD-118','Dental Plus','Marcus Berg','spouse','2023-01-22',NULL,'active',1,'{"preventive_coverage":100,"basic_coverage":80,"major_coverage":50}',NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO insurance VALUES(3,5,'medical','Bay Colony Health','Northgate Design','Marcus Berg','BCH4471902-01','NGD-118','Family PPO',NULL,'self','2023-01-22',NULL,'active',1,'{"copay_pcp":20,"copay_specialist":40,"copay_urgent_care":50,"copay_er":150,"deductible":1500}','{"phone":"800-555-0300"}',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO insurance VALUES(4,5,'vision','ClearSight','Northgate Design','Marcus Berg','CS-88213','NGD-118','Basic',NULL,'self','2023-01-22',NULL,'active',1,NULL,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO insurance VALUES(5,1,'medical','Bay Colony Health','Northgate Design','Lily Berg','BCH4471902-03','NGD-118','Family PPO','Marcus Berg','child','2023-01-22',NULL,'active',1,'{"copay_pcp":20,"copay_specialist":40,"copay_urgent_care":50,"copay_er":150,"deductible":1500}','{"phone":"800-555-0300"}',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO insurance VALUES(6,2,'medical','Bay Colony Health','Northgate Design','Noah Berg','BCH4471902-04','NGD-118','Family PPO','Marcus Berg','child','2024-09-23',NULL,'active',1,'{"copay_pcp":20,"copay_specialist":40,"copay_urgent_care":50,"copay_er":150,"deductible":1500}','{"phone":"800-555-0300"}',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO insurance VALUES(7,4,'medical','Medicare',NULL,'Ruth Berg','1EG4-TE5-MK72',NULL,'Part A and B',NULL,'self','2014-11-05',NULL,'active',1,'{"deductible":240}','{"phone":"800-555-0310"}',NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO insurance VALUES(8,4,'prescription','SilverPath Rx',NULL,'Ruth Berg','SP-5521087',NULL,'Part D Standard',NULL,'self','2014-11-05',NULL,'active',1,'{"bin_number":"015581","pcn":"03200000"}',NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE user_tags (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	tag VARCHAR(100) NOT NULL CHECK (length(tag) <= 100),
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE TABLE family_members (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	relationship VARCHAR NOT NULL CHECK (relationship IN ('father', 'mother', 'brother', 'sister', 'paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'uncle', 'aunt', 'cousin', 'other')),
	gender VARCHAR CHECK (gender IN ('male', 'female', 'other')),
	birth_year INTEGER CHECK (birth_year BETWEEN 0 AND 2030),
	death_year INTEGER CHECK (death_year BETWEEN 0 AND 2030),
	is_deceased BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_deceased IN (0, 1)),
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (death_year IS NULL OR birth_year IS NULL OR death_year >= birth_year)
);
INSERT INTO family_members VALUES(1,3,'Carla Santos','mother','female',1958,NULL,0,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_members VALUES(2,3,'Paulo Santos','father','male',1955,2016,1,'Died of a heart attack','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_members VALUES(3,3,'Ines Santos','sister','female',1990,NULL,0,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_members VALUES(4,5,'Ruth Berg','mother','female',NULL,NULL,0,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_members VALUES(5,5,'Otto Berg','father','male',1945,2012,1,'Kidney failure after long diabetes','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_members VALUES(6,5,'Jonas Berg','brother','male',1984,NULL,0,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE family_conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	family_member_id INTEGER NOT NULL REFERENCES family_members (id) ON DELETE CASCADE,
	condition_name VARCHAR NOT NULL,
	diagnosis_age INTEGER CHECK (diagnosis_age BETWEEN 0 AND 120),
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	status VARCHAR CHECK (status IN ('active', 'resolved', 'chronic')),
	condition_type VARCHAR CHECK (condition_type IN ('cardiovascular', 'diabetes', 'cancer', 'mental_health', 'neurological', 'autoimmune', 'genetic', 'respiratory', 'endocrine', 'other')),
	notes TEXT,
	icd10_code VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO family_conditions VALUES(1,1,'Hashimoto thyroiditis',41,'mild','chronic','endocrine',NULL,'E06.3','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_conditions VALUES(2,1,'Breast cancer',62,'moderate','resolved','cancer',NULL,'C50.919','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_conditions VALUES(3,2,'Myocardial infarction',61,'severe','chronic','cardiovascular',NULL,'I21.9','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_conditions VALUES(4,3,'Celiac disease',24,'mild','chronic','autoimmune',NULL,'K90.0','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_conditions VALUES(5,4,'Atrial fibrillation',74,'moderate','chronic','cardiovascular',NULL,'I48.0','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_conditions VALUES(6,4,'Hypertension',57,'moderate','chronic','cardiovascular',NULL,'I10','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_conditions VALUES(7,5,'Type 2 diabetes',49,'severe','chronic','diabetes',NULL,'E11.22','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO family_conditions VALUES(8,6,'Prediabetes',39,'mild','active','endocrine',NULL,'R73.03','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE invitations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	sent_by_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	sent_to_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	invitation_type VARCHAR NOT NULL CHECK (invitation_type IN ('family_history_share', 'patient_share', 'family_join')),
	status VARCHAR NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'rejected', 'expired', 'cancelled', 'revoked')),
	title VARCHAR NOT NULL,
	message TEXT,
	context_data JSON NOT NULL,
	expires_at DATETIME,
	responded_at DATETIME,
	response_note TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE family_history_shares (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	invitation_id INTEGER NOT NULL REFERENCES invitations (id) ON DELETE NO ACTION,
	family_member_id INTEGER NOT NULL REFERENCES family_members (id) ON DELETE CASCADE,
	shared_by_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	shared_with_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	permission_level VARCHAR NOT NULL DEFAULT 'view' CHECK (permission_level IN ('view', 'edit', 'full')),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	expires_at DATETIME,
	sharing_note TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE patient_shares (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	shared_by_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	shared_with_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	permission_level VARCHAR NOT NULL CHECK (permission_level IN ('view', 'edit', 'full')),
	custom_permissions JSON,
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	expires_at DATETIME,
	invitation_id INTEGER REFERENCES invitations (id) ON DELETE NO ACTION,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO patient_shares VALUES(1,1,1,2,'full',NULL,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO patient_shares VALUES(2,2,1,2,'full',NULL,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO patient_shares VALUES(3,5,2,1,'view',NULL,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO patient_shares VALUES(4,4,2,1,'edit',NULL,1,NULL,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE entity_files (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	entity_type VARCHAR(50) NOT NULL CHECK (length(entity_type) <= 50),
	entity_id INTEGER NOT NULL,
	file_name VARCHAR(255) NOT NULL CHECK (length(file_name) <= 255),
	file_path VARCHAR(500) NOT NULL CHECK (length(file_path) <= 500),
	file_type VARCHAR(100) NOT NULL CHECK (length(file_type) <= 100),
	file_size BIGINT,
	description TEXT,
	category VARCHAR(100) CHECK (length(category) <= 100),
	uploaded_at DATETIME NOT NULL,
	storage_backend VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (storage_backend IN ('local', 'paperless')),
	paperless_document_id VARCHAR(255) CHECK (length(paperless_document_id) <= 255),
	paperless_task_uuid VARCHAR(255) CHECK (length(paperless_task_uuid) <= 255),
	sync_status VARCHAR(20) NOT NULL DEFAULT 'synced' CHECK (sync_status IN ('synced', 'pending', 'processing', 'failed', 'missing', 'duplicate')),
	last_sync_at DATETIME,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE patient_photos (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	file_name VARCHAR(255) NOT NULL CHECK (length(file_name) <= 255),
	file_path VARCHAR(500) NOT NULL CHECK (length(file_path) <= 500),
	file_size BIGINT,
	mime_type VARCHAR(100) CHECK (length(mime_type) <= 100),
	original_name VARCHAR(255) CHECK (length(original_name) <= 255),
	width INTEGER,
	height INTEGER,
	uploaded_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	uploaded_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME NOT NULL
);
CREATE TABLE report_templates (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	name VARCHAR(255) NOT NULL CHECK (length(name) <= 255),
	description TEXT,
	selected_records JSON NOT NULL,
	report_settings JSON NOT NULL DEFAULT '{}',
	is_public BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_public IN (0, 1)),
	shared_with_family BOOLEAN NOT NULL DEFAULT FALSE CHECK (shared_with_family IN (0, 1)),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE report_generation_audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
	report_type VARCHAR(50) NOT NULL CHECK (length(report_type) <= 50),
	categories_included JSON,
	total_records INTEGER,
	generation_time_ms INTEGER,
	file_size_bytes BIGINT,
	status VARCHAR(20) NOT NULL DEFAULT 'success' CHECK (status IN ('success', 'failed', 'timeout')),
	error_details TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE TABLE backup_records (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	backup_type VARCHAR NOT NULL CHECK (backup_type IN ('full', 'database', 'files')),
	status VARCHAR NOT NULL CHECK (status IN ('created', 'failed', 'verified')),
	file_path VARCHAR NOT NULL,
	size_bytes BIGINT,
	description TEXT,
	compression_used BOOLEAN NOT NULL DEFAULT FALSE CHECK (compression_used IN (0, 1)),
	checksum VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE TABLE lab_result_conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER NOT NULL REFERENCES lab_results (id) ON DELETE CASCADE,
	condition_id INTEGER NOT NULL REFERENCES conditions (id) ON DELETE CASCADE,
	relevance_note VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE condition_medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	condition_id INTEGER NOT NULL REFERENCES conditions (id) ON DELETE CASCADE,
	medication_id INTEGER NOT NULL REFERENCES medications (id) ON DELETE CASCADE,
	relevance_note VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO condition_medications VALUES(1,1,3,'Replacement','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(2,2,6,'For attacks','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(3,5,5,'Until ferritin was normal','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(4,7,9,'First choice','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(5,7,10,'Added when HbA1c stayed above 7 %','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(6,6,12,'Dose doubled after six months','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(7,8,14,'Dose doubled; LDL goal below 70','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(8,11,17,'Every day, also when well','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(9,11,16,'When needed and before sports','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(10,12,19,'Always carried','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(11,16,23,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(12,17,24,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(13,19,25,'Stroke prevention','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(14,19,26,'Rate control','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(15,18,27,'Also for the kidneys','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(16,18,28,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(17,21,30,'Five years, then a pause','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(18,24,29,NULL,'2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
INSERT INTO condition_medications VALUES(19,23,32,'Lowest dose that works','2026-11-22 17:50:53.014172','2026-11-22 17:50:53.014172');
CREATE TABLE activity_log (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id BIGINT,
	patient_id BIGINT,
	action VARCHAR NOT NULL,
	entity_type VARCHAR NOT NULL,
	entity_id BIGINT,
	description TEXT NOT NULL,
	event_metadata JSON,
	ip_address VARCHAR,
	user_agent VARCHAR,
	timestamp DATETIME NOT NULL,
	chain VARCHAR,
	seq BIGINT,
	hash VARCHAR,
	created_at DATETIME,
	updated_at DATETIME
);
INSERT INTO activity_log VALUES(1,NULL,NULL,'created','user',1,'Created User',NULL,NULL,NULL,'2026-11-22 17:50:52.985413','personal',1,'069a27218fef9e12aac8fb1f52345ebb7ac00d19bd0204cc68d72d6578a26721',NULL,NULL);
INSERT INTO activity_log VALUES(2,NULL,NULL,'created','user',2,'Created User',NULL,NULL,NULL,'2026-11-22 17:50:52.999938','personal',2,'64111f7574c6b6925620b271acc40dda90a86ab6d286764cf2b2f7f13ff3741f',NULL,NULL);
INSERT INTO activity_log VALUES(3,NULL,NULL,'created','user',3,'Created User',NULL,NULL,NULL,'2026-11-22 17:50:53.013453','personal',3,'eec9c57035fc9d1ebe5eb0a33b0dbc5c5444a1537b73ea6a11d88891ae14376e',NULL,NULL);
INSERT INTO activity_log VALUES(4,NULL,NULL,'created','practitioner',1,'Created Practitioner 1',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',4,'a2832519d5529ba79272f4721f8fda2504da0fd3cae0d26ea5144eb3d17e0010',NULL,NULL);
INSERT INTO activity_log VALUES(5,NULL,NULL,'created','practitioner',2,'Created Practitioner 2',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',5,'5be92415428a10f01aca314883a0d033a0a8f8ce2f9f27efc4af9096b3ce5caa',NULL,NULL);
INSERT INTO activity_log VALUES(6,NULL,NULL,'created','practitioner',3,'Created Practitioner 3',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',6,'df245ba61ed6fadbc5f5ae2b5c5df3982e1413d78e7e805407571d7bab3c066b',NULL,NULL);
INSERT INTO activity_log VALUES(7,NULL,NULL,'created','practitioner',4,'Created Practitioner 4',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',7,'aa062af27326b1eb12e44c9315adc1d3317e67a0b58d385a2984f494816fecf9',NULL,NULL);
INSERT INTO activity_log VALUES(8,NULL,NULL,'created','practitioner',5,'Created Practitioner 5',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',8,'c6697c4f722f4f66d488380eb1a2c3733581a0b71b3e7612e828e00ac87578a7',NULL,NULL);
INSERT INTO activity_log VALUES(9,NULL,NULL,'created','practitioner',6,'Created Practitioner 6',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',9,'1b6c79f44f2b070d384203df58ab554ee5a5df58e97fe99667f8504dadbd4471',NULL,NULL);
INSERT INTO activity_log VALUES(10,NULL,NULL,'created','practitioner',7,'Created Practitioner 7',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',10,'a304828104d6a86a93eba7f31b71eecec14c143bb2c8f97bbfe1053ab1bc8f37',NULL,NULL);
INSERT INTO activity_log VALUES(11,NULL,NULL,'created','practitioner',8,'Created Practitioner 8',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',11,'145dd6115411e7b7b667bb5ead321b94758c8f48214698603803012e07b37c98',NULL,NULL);
INSERT INTO activity_log VALUES(12,NULL,NULL,'created','practitioner',9,'Created Practitioner 9',NULL,NULL,NULL,'2026-11-22 17:50:53.014172','personal',12,'152c35ce048ecabfba8c7f2d139588cf577a1df0756b245d181aa8d4c701d352',NULL,NULL);
CREATE TABLE schema_migrations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	version INTEGER NOT NULL UNIQUE,
	name VARCHAR NOT NULL,
	applied_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME
);
INSERT INTO schema_migrations VALUES(1,1,'made','2026-11-22 17:50:52.920732',NULL,NULL);
CREATE TABLE import_flags (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	table_name VARCHAR NOT NULL,
	row_id BIGINT NOT NULL,
	field VARCHAR NOT NULL,
	original TEXT,
	reason VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CONSTRAINT uq_import_flags_place UNIQUE (table_name, row_id, field, reason)
);
CREATE TABLE import_leftovers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner_user_id BIGINT,
	patient_id BIGINT,
	source VARCHAR NOT NULL,
	table_name VARCHAR NOT NULL,
	content JSON NOT NULL,
	reason VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE idempotency_keys (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	actor VARCHAR NOT NULL,
	route VARCHAR NOT NULL,
	idempotency_key VARCHAR NOT NULL,
	body_hash VARCHAR NOT NULL,
	status INTEGER NOT NULL,
	reply TEXT,
	location VARCHAR,
	expires_at DATETIME NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CONSTRAINT uq_idempotency_keys UNIQUE (actor, route, idempotency_key)
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('schema_migrations',1);
INSERT INTO sqlite_sequence VALUES('users',3);
INSERT INTO sqlite_sequence VALUES('user_preferences',3);
INSERT INTO sqlite_sequence VALUES('activity_log',729);
INSERT INTO sqlite_sequence VALUES('practitioners',9);
INSERT INTO sqlite_sequence VALUES('pharmacies',2);
INSERT INTO sqlite_sequence VALUES('patients',5);
INSERT INTO sqlite_sequence VALUES('patient_shares',4);
INSERT INTO sqlite_sequence VALUES('conditions',25);
INSERT INTO sqlite_sequence VALUES('medications',35);
INSERT INTO sqlite_sequence VALUES('allergies',7);
INSERT INTO sqlite_sequence VALUES('insurance',8);
INSERT INTO sqlite_sequence VALUES('emergency_contacts',10);
INSERT INTO sqlite_sequence VALUES('family_members',6);
INSERT INTO sqlite_sequence VALUES('family_conditions',8);
INSERT INTO sqlite_sequence VALUES('condition_medications',19);
INSERT INTO sqlite_sequence VALUES('encounters',58);
INSERT INTO sqlite_sequence VALUES('procedures',14);
INSERT INTO sqlite_sequence VALUES('treatments',6);
INSERT INTO sqlite_sequence VALUES('immunizations',79);
INSERT INTO sqlite_sequence VALUES('vitals',159);
INSERT INTO sqlite_sequence VALUES('lab_results',56);
INSERT INTO sqlite_sequence VALUES('lab_test_components',216);
CREATE INDEX idx_users_email ON users (email);
CREATE INDEX ix_users_active_patient_id ON users (active_patient_id);
CREATE INDEX ix_practitioners_added_by ON practitioners (added_by);
CREATE INDEX ix_pharmacies_added_by ON pharmacies (added_by);
CREATE INDEX idx_patients_owner_user_id ON patients (owner_user_id);
CREATE UNIQUE INDEX unique_patients_self_record ON patients (owner_user_id) WHERE is_self_record = TRUE;
CREATE INDEX ix_patients_user_id ON patients (user_id);
CREATE INDEX ix_patients_physician_id ON patients (physician_id);
CREATE INDEX ix_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_medications_patient_id ON medications (patient_id);
CREATE INDEX idx_medications_patient_status ON medications (patient_id, status);
CREATE INDEX ix_medications_practitioner_id ON medications (practitioner_id);
CREATE INDEX ix_medications_pharmacy_id ON medications (pharmacy_id);
CREATE INDEX idx_conditions_patient_id ON conditions (patient_id);
CREATE INDEX idx_conditions_patient_status ON conditions (patient_id, status);
CREATE INDEX ix_conditions_practitioner_id ON conditions (practitioner_id);
CREATE INDEX ix_conditions_medication_id ON conditions (medication_id);
CREATE INDEX idx_lab_results_patient_id ON lab_results (patient_id);
CREATE INDEX idx_lab_results_patient_date ON lab_results (patient_id, completed_date);
CREATE INDEX ix_lab_results_practitioner_id ON lab_results (practitioner_id);
CREATE INDEX idx_lab_test_components_lab_result_id ON lab_test_components (lab_result_id);
CREATE INDEX idx_lab_test_components_status ON lab_test_components (status);
CREATE INDEX idx_lab_test_components_category ON lab_test_components (category);
CREATE INDEX idx_lab_test_components_lab_result_status ON lab_test_components (lab_result_id, status);
CREATE INDEX idx_lab_test_components_lab_result_category ON lab_test_components (lab_result_id, category);
CREATE INDEX idx_lab_test_components_test_name_text ON lab_test_components (test_name);
CREATE INDEX idx_lab_test_components_abbreviation_text ON lab_test_components (abbreviation);
CREATE INDEX ix_lab_result_files_lab_result_id ON lab_result_files (lab_result_id);
CREATE INDEX idx_allergies_patient_id ON allergies (patient_id);
CREATE INDEX ix_allergies_medication_id ON allergies (medication_id);
CREATE INDEX idx_vitals_patient_id ON vitals (patient_id);
CREATE INDEX idx_vitals_patient_recorded ON vitals (patient_id, recorded_date);
CREATE INDEX ix_vitals_practitioner_id ON vitals (practitioner_id);
CREATE INDEX idx_immunizations_patient_id ON immunizations (patient_id);
CREATE INDEX ix_immunizations_practitioner_id ON immunizations (practitioner_id);
CREATE INDEX idx_procedures_patient_id ON procedures (patient_id);
CREATE INDEX ix_procedures_practitioner_id ON procedures (practitioner_id);
CREATE INDEX ix_procedures_condition_id ON procedures (condition_id);
CREATE INDEX idx_treatments_patient_id ON treatments (patient_id);
CREATE INDEX ix_treatments_practitioner_id ON treatments (practitioner_id);
CREATE INDEX ix_treatments_condition_id ON treatments (condition_id);
CREATE INDEX idx_encounters_patient_id ON encounters (patient_id);
CREATE INDEX ix_encounters_practitioner_id ON encounters (practitioner_id);
CREATE INDEX ix_encounters_condition_id ON encounters (condition_id);
CREATE INDEX idx_emergency_contacts_patient_id ON emergency_contacts (patient_id);
CREATE UNIQUE INDEX unique_emergency_contacts_primary ON emergency_contacts (patient_id) WHERE is_primary = TRUE;
CREATE INDEX idx_insurance_patient_id ON insurance (patient_id);
CREATE UNIQUE INDEX unique_insurance_primary ON insurance (patient_id, insurance_type) WHERE is_primary = TRUE;
CREATE INDEX idx_user_tags_user_id ON user_tags (user_id);
CREATE INDEX idx_user_tags_tag ON user_tags (tag);
CREATE UNIQUE INDEX uq_user_tag ON user_tags (user_id, tag);
CREATE INDEX ix_family_members_patient_id ON family_members (patient_id);
CREATE INDEX ix_family_conditions_family_member_id ON family_conditions (family_member_id);
CREATE INDEX ix_invitations_sent_by_user_id ON invitations (sent_by_user_id);
CREATE INDEX ix_invitations_sent_to_user_id ON invitations (sent_to_user_id);
CREATE UNIQUE INDEX unique_active_family_history_share_partial ON family_history_shares (family_member_id, shared_with_user_id) WHERE is_active = TRUE;
CREATE INDEX ix_family_history_shares_invitation_id ON family_history_shares (invitation_id);
CREATE INDEX ix_family_history_shares_family_member_id ON family_history_shares (family_member_id);
CREATE INDEX ix_family_history_shares_shared_by_user_id ON family_history_shares (shared_by_user_id);
CREATE INDEX ix_family_history_shares_shared_with_user_id ON family_history_shares (shared_with_user_id);
CREATE UNIQUE INDEX unique_patient_share ON patient_shares (patient_id, shared_with_user_id);
CREATE INDEX idx_patient_shares_with_patient ON patient_shares (shared_with_user_id, patient_id);
CREATE INDEX ix_patient_shares_shared_by_user_id ON patient_shares (shared_by_user_id);
CREATE INDEX ix_patient_shares_invitation_id ON patient_shares (invitation_id);
CREATE INDEX idx_entity_type_id ON entity_files (entity_type, entity_id);
CREATE INDEX idx_category ON entity_files (category);
CREATE INDEX idx_uploaded_at ON entity_files (uploaded_at);
CREATE INDEX idx_created_at ON entity_files (created_at);
CREATE INDEX idx_storage_backend ON entity_files (storage_backend);
CREATE INDEX idx_paperless_document_id ON entity_files (paperless_document_id);
CREATE INDEX idx_sync_status ON entity_files (sync_status);
CREATE INDEX idx_patient_photos_patient_id ON patient_photos (patient_id);
CREATE UNIQUE INDEX uq_patient_photo ON patient_photos (patient_id);
CREATE INDEX ix_patient_photos_uploaded_by ON patient_photos (uploaded_by);
CREATE INDEX idx_report_template_user_id ON report_templates (user_id);
CREATE INDEX idx_report_template_is_active ON report_templates (is_active) WHERE is_active = TRUE;
CREATE INDEX idx_report_template_shared_family ON report_templates (shared_with_family) WHERE shared_with_family = TRUE;
CREATE UNIQUE INDEX unique_user_template_name ON report_templates (user_id, name);
CREATE INDEX idx_report_audit_user_created ON report_generation_audit (user_id, created_at);
CREATE INDEX idx_report_audit_status ON report_generation_audit (status);
CREATE INDEX idx_report_audit_created_at ON report_generation_audit (created_at);
CREATE INDEX ix_lab_result_conditions_lab_result_id ON lab_result_conditions (lab_result_id);
CREATE INDEX ix_lab_result_conditions_condition_id ON lab_result_conditions (condition_id);
CREATE INDEX ix_condition_medications_condition_id ON condition_medications (condition_id);
CREATE INDEX ix_condition_medications_medication_id ON condition_medications (medication_id);
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);
COMMIT;
