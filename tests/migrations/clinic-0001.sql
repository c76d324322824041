PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE patients (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	mrn VARCHAR(20) NOT NULL UNIQUE CHECK (length(mrn) <= 20),
	first_name VARCHAR(50) NOT NULL CHECK (length(first_name) <= 50),
	last_name VARCHAR(50) NOT NULL CHECK (length(last_name) <= 50),
	dob DATE NOT NULL,
	gender VARCHAR(20) CHECK (length(gender) <= 20),
	ssn VARCHAR(20) CHECK (length(ssn) <= 20),
	email VARCHAR(100) CHECK (length(email) <= 100),
	phone VARCHAR(20) CHECK (length(phone) <= 20),
	street VARCHAR(200) CHECK (length(street) <= 200),
	city VARCHAR(100) CHECK (length(city) <= 100),
	state VARCHAR(50) CHECK (length(state) <= 50),
	zip_code VARCHAR(20) CHECK (length(zip_code) <= 20),
	insurance_provider VARCHAR(100) CHECK (length(insurance_provider) <= 100),
	policy_number VARCHAR(50) CHECK (length(policy_number) <= 50),
	group_number VARCHAR(50) CHECK (length(group_number) <= 50),
	emergency_contact_name VARCHAR(100) CHECK (length(emergency_contact_name) <= 100),
	emergency_contact_relationship VARCHAR(50) CHECK (length(emergency_contact_relationship) <= 50),
	emergency_contact_phone VARCHAR(20) CHECK (length(emergency_contact_phone) <= 20),
	search_text TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO patients VALUES(1,'MRN100001','Vera','Bennett','2007-12-11','Female',NULL,'patient1@mail.example.com','617-555-1001','90 Maple Street','Medford','MA','02155','Bay Colony Health','P9504150',NULL,'Olivia Bennett','Family','617-555-2001','vera bennett mrn100001 2007-12-11','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO patients VALUES(2,'MRN100002','Priya','Zhang','1997-05-03','Female',NULL,'patient2@mail.example.com','617-555-1002','116 Spring Street','Quincy','MA','02169','Commonwealth Care','P7191362',NULL,'Nora Zhang','Family','617-555-2002','priya zhang mrn100002 1997-05-03','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO patients VALUES(3,'MRN100003','Mei','Hughes','1952-06-04','Female',NULL,'patient3@mail.example.com','617-555-1003','99 Summit Road','Arlington','MA','02474','Commonwealth Care','P5246083',NULL,'Vera Hughes','Family','617-555-2003','mei hughes mrn100003 1952-06-04','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO patients VALUES(4,'MRN100004','Vera','O''Brien','1971-04-19','Female',NULL,'patient4@mail.example.com','617-555-1004','179 Orchard Lane','Somerville','MA','02143','Pilgrim Mutual','P1402137',NULL,'Denise O''Brien','Family','617-555-2004','vera o''brien mrn100004 1971-04-19','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO patients VALUES(5,'MRN100005','Julia','Greene','2017-07-15','Female',NULL,'patient5@mail.example.com','617-555-1005','9 Franklin Street','Cambridge','MA','02139','Bay Colony Health','P6388407',NULL,'Maria Greene','Mother','617-555-2005','julia greene mrn100005 2017-07-15','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO patients VALUES(6,'MRN100006','Sofia','Jensen','2003-07-11','Female',NULL,'patient6@mail.example.com','617-555-1006','87 Walnut Street','Cambridge','MA','02139','Pilgrim Mutual','P9523341',NULL,'Abigail Jensen','Family','617-555-2006','sofia jensen mrn100006 2003-07-11','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
CREATE TABLE providers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	npi VARCHAR(20) NOT NULL UNIQUE CHECK (length(npi) <= 20),
	name VARCHAR(100) NOT NULL CHECK (length(name) <= 100),
	specialty VARCHAR(100) CHECK (length(specialty) <= 100),
	department VARCHAR(100) CHECK (length(department) <= 100),
	phone VARCHAR(20) CHECK (length(phone) <= 20),
	email VARCHAR(100) CHECK (length(email) <= 100),
	accepting_new_patients BOOLEAN DEFAULT TRUE CHECK (accepting_new_patients IN (0, 1)),
	search_text TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO providers VALUES(1,'1203040500','Dr. Helen Grant','Family Medicine','Primary Care','617-555-0500','h.grant@practice.example.com',1,'dr. helen grant family medicine primary care 1203040500','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO providers VALUES(2,'1203119692','Dr. Thomas Bell','Internal Medicine','Primary Care','617-555-0501','t.bell@practice.example.com',1,'dr. thomas bell internal medicine primary care 1203119692','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO providers VALUES(3,'1203198886','Dr. Astrid Lind','Pediatrics','Pediatrics','617-555-0502','a.lind@practice.example.com',1,'dr. astrid lind pediatrics pediatrics 1203198886','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO providers VALUES(4,'1203278076','Dr. Daniel Park','Cardiology','Cardiology','617-555-0503','d.park@practice.example.com',1,'dr. daniel park cardiology cardiology 1203278076','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO providers VALUES(5,'1203357268','Dr. Kwame Osei','Endocrinology','Endocrinology','617-555-0504','k.osei@practice.example.com',1,'dr. kwame osei endocrinology endocrinology 1203357268','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO providers VALUES(7,'1203515642','Dr. Peter Stone','Pulmonology','Pulmonology','617-555-0506','p.stone@practice.example.com',1,'dr. peter stone pulmonology pulmonology 1203515642','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO providers VALUES(10,'1203753219','Dr. Mei Chen','Gastroenterology','Gastroenterology','617-555-0509','m.chen@practice.example.com',1,'dr. mei chen gastroenterology gastroenterology 1203753219','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO providers VALUES(12,'1203911593','Anna Fox, NP','Family Medicine','Primary Care','617-555-0511','a.fox@practice.example.com',1,'anna fox, np family medicine primary care 1203911593','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
CREATE TABLE oauth_clients (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	client_id VARCHAR(100) NOT NULL UNIQUE CHECK (length(client_id) <= 100),
	client_secret_hash VARCHAR(256) NOT NULL CHECK (length(client_secret_hash) <= 256),
	app_id VARCHAR(100) NOT NULL CHECK (length(app_id) <= 100),
	app_name VARCHAR(200) NOT NULL CHECK (length(app_name) <= 200),
	scopes TEXT,
	role VARCHAR(20) NOT NULL CHECK (role IN ('doctor', 'nurse', 'patient', 'admin', 'system')),
	description TEXT,
	contact_email VARCHAR(100) CHECK (length(contact_email) <= 100),
	is_active BOOLEAN DEFAULT TRUE CHECK (is_active IN (0, 1)),
	last_used DATETIME,
	rate_limit INTEGER DEFAULT 1000 CHECK (rate_limit BETWEEN 0 AND 100000000),
	patient_mrn VARCHAR(20) CHECK (length(patient_mrn) <= 20),
	patient_id INTEGER REFERENCES patients (id) ON DELETE NO ACTION,
	api_key_hash VARCHAR(64) UNIQUE CHECK (length(api_key_hash) <= 64),
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO oauth_clients VALUES(1,'client_jrF5ugS-83DQJlsCoJcj3qku0_aP0VjbOuRTAqbUp8Y','cdab6a6f528a8fcba457d394f8893cebef7d742dd4806c49346f2dcbb036c339','demo','Demo client','["read:*","write:appointments","write:vitals","write:labs","write:medications","write:allergies","write:patients"]','doctor',NULL,NULL,1,NULL,0,NULL,NULL,NULL,'2026-11-22 17:50:53.071012','2026-11-22 17:50:53.071012');
CREATE TABLE appointments (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	appointment_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(appointment_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE NO ACTION,
	date DATE NOT NULL,
	time VARCHAR(20) NOT NULL CHECK (length(time) <= 20),
	duration_minutes INTEGER DEFAULT 30 CHECK (duration_minutes BETWEEN 0 AND 480),
	appointment_type VARCHAR(50) CHECK (length(appointment_type) <= 50),
	department VARCHAR(100) CHECK (length(department) <= 100),
	location VARCHAR(200) CHECK (length(location) <= 200),
	status VARCHAR(20) DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'completed', 'cancelled')),
	reason TEXT,
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO appointments VALUES(1,'APT100001',1,1,'2023-12-22','08:00',30,'Follow-up','Primary Care','Main Clinic - Room 201','completed','Yearly checkup',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(2,'APT100002',1,1,'2024-12-18','08:00',30,'Follow-up','Primary Care','Main Clinic - Room 201','completed','Yearly checkup',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(3,'APT100003',1,1,'2025-11-10','08:00',30,'Follow-up','Primary Care','Main Clinic - Room 201','completed','Yearly checkup',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(4,'APT100004',2,12,'2024-01-10','08:00',30,'Follow-up','Primary Care','Main Clinic - Room 212','completed','Iron deficiency',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(5,'APT100005',2,12,'2024-09-02','08:00',30,'Follow-up','Primary Care','Main Clinic - Room 212','cancelled','Iron deficiency',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(6,'APT100006',2,12,'2025-06-09','08:00',30,'Follow-up','Primary Care','Main Clinic - Room 212','completed','Iron deficiency',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(7,'APT100007',2,12,'2026-02-25','08:00',30,'Follow-up','Primary Care','Main Clinic - Room 212','completed','Iron deficiency',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(8,'APT100008',3,10,'2024-01-10','08:00',30,'Follow-up','Gastroenterology','Main Clinic - Room 210','completed','Reflux follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(9,'APT100009',3,10,'2025-06-10','08:00',30,'Follow-up','Gastroenterology','Main Clinic - Room 210','completed','Reflux follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(10,'APT100010',4,5,'2023-12-26','08:00',30,'Follow-up','Endocrinology','Main Clinic - Room 205','cancelled','Type 2 diabetes follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(11,'APT100011',4,5,'2024-12-02','08:00',30,'Follow-up','Endocrinology','Main Clinic - Room 205','completed','Type 2 diabetes follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(12,'APT100012',4,5,'2025-11-10','08:00',30,'Follow-up','Endocrinology','Main Clinic - Room 205','completed','Type 2 diabetes follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(13,'APT100013',5,5,'2023-12-19','08:00',30,'Follow-up','Endocrinology','Main Clinic - Room 205','completed','Type 1 diabetes follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(14,'APT100014',5,5,'2024-09-17','08:00',30,'Follow-up','Endocrinology','Main Clinic - Room 205','completed','Type 1 diabetes follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(15,'APT100015',5,5,'2025-06-04','08:00',30,'Follow-up','Endocrinology','Main Clinic - Room 205','completed','Type 1 diabetes follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(16,'APT100016',5,5,'2026-02-26','08:00',30,'Follow-up','Endocrinology','Main Clinic - Room 205','completed','Type 1 diabetes follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(17,'APT100017',6,7,'2023-12-28','08:00',30,'Follow-up','Pulmonology','Main Clinic - Room 207','completed','Asthma follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(18,'APT100018',6,7,'2024-12-18','08:00',30,'Follow-up','Pulmonology','Main Clinic - Room 207','completed','Asthma follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(19,'APT100019',6,7,'2025-11-24','08:00',30,'Follow-up','Pulmonology','Main Clinic - Room 207','completed','Asthma follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO appointments VALUES(20,'APT100020',6,7,'2026-12-07','08:00',30,'Follow-up','Pulmonology','Main Clinic - Room 207','scheduled','Asthma follow-up',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
CREATE TABLE medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	medication_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(medication_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
	dosage VARCHAR(50) CHECK (length(dosage) <= 50),
	frequency VARCHAR(100) CHECK (length(frequency) <= 100),
	route VARCHAR(50) CHECK (length(route) <= 50),
	prescribed_date DATE NOT NULL,
	prescriber VARCHAR(100) CHECK (length(prescriber) <= 100),
	status VARCHAR(20) DEFAULT 'active' CHECK (status IN ('active', 'discontinued', 'completed')),
	refills_remaining INTEGER DEFAULT 0 CHECK (refills_remaining BETWEEN 0 AND 1000),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO medications VALUES(1,'MED100001',2,'Ferrous sulfate','325 mg','Every other day','Oral','2025-08-14','Anna Fox, NP','active',2,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(2,'MED100002',3,'Omeprazole','20 mg','Once daily before breakfast','Oral','2024-07-13','Dr. Mei Chen','active',5,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(3,'MED100003',4,'Metformin','1000 mg','Twice daily with meals','Oral','2025-05-19','Dr. Kwame Osei','active',1,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(4,'MED100004',4,'Atorvastatin','20 mg','Once daily in the evening','Oral','2025-10-23','Dr. Kwame Osei','active',0,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(5,'MED100005',4,'Lisinopril','10 mg','Once daily','Oral','2026-06-02','Dr. Kwame Osei','active',1,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(6,'MED100006',5,'Insulin glargine','18 units','Once daily at bedtime','Subcutaneous','2025-04-13','Dr. Kwame Osei','active',4,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(7,'MED100007',5,'Insulin lispro','by carbohydrate count','With meals','Subcutaneous','2024-03-27','Dr. Kwame Osei','active',4,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(8,'MED100008',6,'Albuterol HFA','90 mcg, 2 puffs','Every 4-6 hours as needed','Inhalation','2025-01-06','Dr. Peter Stone','active',1,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO medications VALUES(9,'MED100009',6,'Budesonide-formoterol','160/4.5 mcg, 2 puffs','Twice daily','Inhalation','2026-08-18','Dr. Peter Stone','active',2,NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
CREATE TABLE allergies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	allergen VARCHAR(200) NOT NULL CHECK (length(allergen) <= 200),
	reaction TEXT,
	severity VARCHAR(20) CHECK (severity IN ('mild', 'moderate', 'severe')),
	onset_date DATE,
	status VARCHAR(20) DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO allergies VALUES(1,2,'Birch pollen','Sneezing','mild','2021-05-06','active',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO allergies VALUES(2,4,'Codeine','Nausea','mild','2008-03-26','active',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
CREATE TABLE vital_signs (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	recorded_date DATETIME NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 0 AND 300),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 0 AND 200),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 0 AND 300),
	temperature REAL CHECK (temperature BETWEEN 0 AND 115),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 0 AND 80),
	oxygen_saturation INTEGER CHECK (oxygen_saturation BETWEEN 0 AND 100),
	weight REAL CHECK (weight BETWEEN 0 AND 1500),
	height REAL CHECK (height BETWEEN 0 AND 108),
	bmi REAL,
	recorded_by VARCHAR(100) CHECK (length(recorded_by) <= 100),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO vital_signs VALUES(1,1,'2023-12-22 08:00:00.000000',116,75,69,98.099999999999994313,14,96,167.90000000000000568,65.299999999999997156,27.699999999999999288,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(2,1,'2024-12-18 08:00:00.000000',113,75,77,98.799999999999997156,13,97,166.09999999999999431,65.299999999999997156,27.399999999999998579,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(3,1,'2025-11-10 08:00:00.000000',121,71,75,98.700000000000002843,14,96,166.40000000000000568,65.299999999999997156,27.399999999999998579,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(4,2,'2024-01-10 08:00:00.000000',109,71,85,98.700000000000002843,15,98,128.40000000000000568,61.799999999999997157,23.600000000000001421,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(5,2,'2025-06-09 08:00:00.000000',113,68,74,97.70000000000000284,14,97,127.59999999999999431,61.799999999999997157,23.499999999999999999,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(6,2,'2026-02-25 08:00:00.000000',111,72,86,97.70000000000000284,16,98,125.90000000000000568,61.799999999999997157,23.19999999999999929,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(7,3,'2024-01-10 08:00:00.000000',130,77,79,98.0,15,97,146.0,63.399999999999998578,25.499999999999999999,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(8,3,'2025-06-10 08:00:00.000000',125,82,74,98.799999999999997156,15,97,143.59999999999999431,63.399999999999998578,25.10000000000000142,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(9,4,'2024-12-02 08:00:00.000000',127,86,73,98.400000000000005682,16,97,170.0,67.400000000000005683,26.30000000000000071,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(10,4,'2025-11-10 08:00:00.000000',133,84,80,98.099999999999994313,13,98,171.40000000000000568,67.400000000000005683,26.5,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(11,5,'2023-12-19 08:00:00.000000',102,63,81,98.099999999999994313,19,96,47.200000000000002843,46.700000000000002841,15.199999999999999289,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(12,5,'2024-09-17 08:00:00.000000',104,63,90,97.90000000000000568,19,97,51.799999999999997157,48.499999999999999999,15.499999999999999999,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(13,5,'2025-06-04 08:00:00.000000',95,58,84,97.90000000000000568,20,98,56.700000000000002841,50.299999999999997156,15.80000000000000071,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(14,5,'2026-02-26 08:00:00.000000',101,66,95,98.599999999999994315,20,98,62.0,51.799999999999997157,16.199999999999999289,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(15,6,'2023-12-28 08:00:00.000000',117,71,73,98.900000000000005684,16,96,153.09999999999999431,64.299999999999997157,26.0,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(16,6,'2024-12-18 08:00:00.000000',111,75,71,98.400000000000005682,16,95,155.69999999999998862,64.299999999999997157,26.5,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO vital_signs VALUES(17,6,'2025-11-24 08:00:00.000000',124,77,72,98.200000000000002842,15,97,153.69999999999998862,64.299999999999997157,26.100000000000001421,'Nurse J. Alvarez',NULL,'2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	order_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(order_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	test_name VARCHAR(200) NOT NULL CHECK (length(test_name) <= 200),
	ordered_date DATE NOT NULL,
	collected_date DATE,
	resulted_date DATE,
	status VARCHAR(20) DEFAULT 'pending' CHECK (status IN ('pending', 'in_progress', 'final')),
	ordered_by VARCHAR(100) CHECK (length(ordered_by) <= 100),
	results_json TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO lab_results VALUES(1,'LAB100001',1,'Complete Blood Count','2023-12-19','2023-12-19','2023-12-20','final','Dr. Helen Grant','[{"component":"White blood cells","value":"10.6","unit":"K/uL","reference":"4.5-11","flag":"normal"},{"component":"Red blood cells","value":"5.3","unit":"M/uL","reference":"3.9-5.7","flag":"normal"},{"component":"Hemoglobin","value":"13.4","unit":"g/dL","reference":"12-17","flag":"normal"},{"component":"Hematocrit","value":"43","unit":"%","reference":"36-50","flag":"normal"},{"component":"Mean corpuscular volume","value":"87","unit":"fL","reference":"80-100","flag":"normal"},{"component":"Platelets","value":"373","unit":"K/uL","reference":"150-400","flag":"normal"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(2,'LAB100002',1,'Complete Blood Count','2025-11-07','2025-11-07','2025-11-08','final','Dr. Helen Grant','[{"component":"White blood cells","value":"9.2","unit":"K/uL","reference":"4.5-11","flag":"normal"},{"component":"Red blood cells","value":"4.8","unit":"M/uL","reference":"3.9-5.7","flag":"normal"},{"component":"Hemoglobin","value":"15.5","unit":"g/dL","reference":"12-17","flag":"normal"},{"component":"Hematocrit","value":"45","unit":"%","reference":"36-50","flag":"normal"},{"component":"Mean corpuscular volume","value":"97","unit":"fL","reference":"80-100","flag":"normal"},{"component":"Platelets","value":"305","unit":"K/uL","reference":"150-400","flag":"normal"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(3,'LAB100003',2,'Iron Studies','2024-01-07','2024-01-07','2024-01-08','final','Anna Fox, NP','[{"component":"Ferritin","value":"69","unit":"ng/mL","reference":"15-150","flag":"normal"},{"component":"Transferrin saturation","value":"38","unit":"%","reference":"20-50","flag":"normal"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(4,'LAB100004',2,'Iron Studies','2025-06-06','2025-06-06','2025-06-07','final','Anna Fox, NP','[{"component":"Ferritin","value":"69","unit":"ng/mL","reference":"15-150","flag":"normal"},{"component":"Transferrin saturation","value":"45","unit":"%","reference":"20-50","flag":"normal"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(5,'LAB100005',4,'Hemoglobin A1c','2025-11-07','2025-11-07','2025-11-08','final','Dr. Kwame Osei','[{"component":"Hemoglobin A1c","value":"7.2","unit":"%","reference":"4-5.6","flag":"high"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(6,'LAB100006',5,'Hemoglobin A1c','2023-12-16','2023-12-16','2023-12-17','final','Dr. Kwame Osei','[{"component":"Hemoglobin A1c","value":"7.3","unit":"%","reference":"4-5.6","flag":"high"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(7,'LAB100007',5,'Hemoglobin A1c','2025-06-01','2025-06-01','2025-06-02','final','Dr. Kwame Osei','[{"component":"Hemoglobin A1c","value":"7.2","unit":"%","reference":"4-5.6","flag":"high"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(8,'LAB100008',6,'Complete Blood Count','2023-12-25','2023-12-25','2023-12-26','final','Dr. Peter Stone','[{"component":"White blood cells","value":"9.6","unit":"K/uL","reference":"4.5-11","flag":"normal"},{"component":"Red blood cells","value":"4.5","unit":"M/uL","reference":"3.9-5.7","flag":"normal"},{"component":"Hemoglobin","value":"15.9","unit":"g/dL","reference":"12-17","flag":"normal"},{"component":"Hematocrit","value":"48","unit":"%","reference":"36-50","flag":"normal"},{"component":"Mean corpuscular volume","value":"89","unit":"fL","reference":"80-100","flag":"normal"},{"component":"Platelets","value":"194","unit":"K/uL","reference":"150-400","flag":"normal"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
INSERT INTO lab_results VALUES(9,'LAB100009',6,'Complete Blood Count','2025-11-21','2025-11-21','2025-11-22','final','Dr. Peter Stone','[{"component":"White blood cells","value":"7.0","unit":"K/uL","reference":"4.5-11","flag":"normal"},{"component":"Red blood cells","value":"5.3","unit":"M/uL","reference":"3.9-5.7","flag":"normal"},{"component":"Hemoglobin","value":"15.6","unit":"g/dL","reference":"12-17","flag":"normal"},{"component":"Hematocrit","value":"44","unit":"%","reference":"36-50","flag":"normal"},{"component":"Mean corpuscular volume","value":"92","unit":"fL","reference":"80-100","flag":"normal"},{"component":"Platelets","value":"376","unit":"K/uL","reference":"150-400","flag":"normal"}]','2026-11-22 17:50:53.029383','2026-11-22 17:50:53.029383');
CREATE TABLE clinical_notes (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	record VARCHAR(50) NOT NULL CHECK (length(record) <= 50),
	row_id BIGINT NOT NULL,
	kind VARCHAR(50) NOT NULL CHECK (length(kind) <= 50),
	text TEXT NOT NULL,
	author VARCHAR(200) CHECK (length(author) <= 200),
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE revoked_tokens (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	jti VARCHAR(64) NOT NULL UNIQUE CHECK (length(jti) <= 64),
	expires_at DATETIME NOT NULL,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
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
INSERT INTO activity_log VALUES(1,NULL,NULL,'created','provider',1,'Created Provider 1',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',1,'84892c858a54b342708fb8bd6b1027be49bc1905aa8d8d004905541b99891a60',NULL,NULL);
INSERT INTO activity_log VALUES(2,NULL,NULL,'created','provider',2,'Created Provider 2',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',2,'3c1e8f88a6fb7c14fcdb851a55dc403ae9f556114f9909408005c16b6858b0f2',NULL,NULL);
INSERT INTO activity_log VALUES(3,NULL,NULL,'created','provider',3,'Created Provider 3',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',3,'ba9ffe55d72381eb28c536bd66b3cf958f54aed1c524bc04a8a8d4a5e514253f',NULL,NULL);
INSERT INTO activity_log VALUES(4,NULL,NULL,'created','provider',4,'Created Provider 4',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',4,'be7fcd76288ffc97003000ef6d721631964d6fd895179d19a1ef014019410c4c',NULL,NULL);
INSERT INTO activity_log VALUES(5,NULL,NULL,'created','provider',5,'Created Provider 5',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',5,'e0dd23c90f8fcd030a2998c4ecf8ffbffbfd5549a953365459ff22d52785dacc',NULL,NULL);
INSERT INTO activity_log VALUES(6,NULL,NULL,'created','provider',6,'Created Provider 6',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',6,'a4fa548b7a775acff487a78d61b5988a992f94b99a317ade77ca48b9355fbc79',NULL,NULL);
INSERT INTO activity_log VALUES(7,NULL,NULL,'created','provider',7,'Created Provider 7',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',7,'fffb2966367bb88d9279661fdada539e4016db7c9685f0d1144cb99efd6bbe1a',NULL,NULL);
INSERT INTO activity_log VALUES(8,NULL,NULL,'created','provider',8,'Created Provider 8',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',8,'a6f5f4ab15073c7875bc7c99fa09dd943e94437f2c83500f114cdb10a50e535e',NULL,NULL);
INSERT INTO activity_log VALUES(9,NULL,NULL,'created','provider',9,'Created Provider 9',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',9,'bbd89df1f73a41f531b87de242d4312debc8d56b77fe682dd65a6a8be446b924',NULL,NULL);
INSERT INTO activity_log VALUES(10,NULL,NULL,'created','provider',10,'Created Provider 10',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',10,'3f30d512c3d8ef8fbf9ff62f9355b6e8382d92b6d33e43544634636fd53fdd3e',NULL,NULL);
INSERT INTO activity_log VALUES(11,NULL,NULL,'created','provider',11,'Created Provider 11',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',11,'d310cdc6d5bfc5fe4000493a4c270d88ef38b316e06745471405bf86660a1074',NULL,NULL);
INSERT INTO activity_log VALUES(12,NULL,NULL,'created','provider',12,'Created Provider 12',NULL,NULL,NULL,'2026-11-22 17:50:53.029383','clinic',12,'502f64587de2b9321ec2589b8a2588b6a84d841f714a5c3303962a23636709ee',NULL,NULL);
CREATE TABLE schema_migrations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	version INTEGER NOT NULL UNIQUE,
	name VARCHAR NOT NULL,
	applied_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME
);
INSERT INTO schema_migrations VALUES(1,1,'made','2026-11-22 17:50:52.927284',NULL,NULL);
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
INSERT INTO sqlite_sequence VALUES('providers',12);
INSERT INTO sqlite_sequence VALUES('activity_log',1977);
INSERT INTO sqlite_sequence VALUES('patients',200);
INSERT INTO sqlite_sequence VALUES('appointments',670);
INSERT INTO sqlite_sequence VALUES('vital_signs',547);
INSERT INTO sqlite_sequence VALUES('lab_results',222);
INSERT INTO sqlite_sequence VALUES('medications',277);
INSERT INTO sqlite_sequence VALUES('allergies',48);
INSERT INTO sqlite_sequence VALUES('oauth_clients',1);
CREATE INDEX ix_patients_last_name ON patients (last_name);
CREATE INDEX ix_patients_last_name_first_name ON patients (last_name, first_name);
CREATE INDEX ix_patients_dob ON patients (dob);
CREATE INDEX ix_oauth_clients_app_id ON oauth_clients (app_id);
CREATE INDEX ix_oauth_clients_patient_id ON oauth_clients (patient_id);
CREATE INDEX ix_appointments_date ON appointments (date);
CREATE INDEX ix_appointments_date_time ON appointments (date, time);
CREATE INDEX ix_appointments_status ON appointments (status);
CREATE INDEX ix_appointments_patient_id_date ON appointments (patient_id, date);
CREATE INDEX ix_appointments_provider_id_date ON appointments (provider_id, date);
CREATE INDEX ix_medications_status ON medications (status);
CREATE INDEX ix_medications_patient_id ON medications (patient_id);
CREATE INDEX ix_allergies_patient_id ON allergies (patient_id);
CREATE INDEX ix_vital_signs_recorded_date ON vital_signs (recorded_date);
CREATE INDEX ix_vital_signs_patient_id_recorded_date ON vital_signs (patient_id, recorded_date);
CREATE INDEX ix_lab_results_resulted_date ON lab_results (resulted_date);
CREATE INDEX ix_lab_results_patient_id ON lab_results (patient_id);
CREATE INDEX ix_clinical_notes_record_row_id ON clinical_notes (record, row_id);
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);
COMMIT;
