BEGIN TRANSACTION;
CREATE TABLE accounts (
	name TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	role TEXT NOT NULL, 
	countries TEXT NOT NULL, 
	active BOOLEAN NOT NULL, 
	totp_secret TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (name)
);
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	address_hash TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	at DOUBLE NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (id)
);
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at DOUBLE NOT NULL, 
	actor TEXT NOT NULL, 
	verb TEXT NOT NULL, 
	event_id TEXT, 
	revision INTEGER, 
	review TEXT DEFAULT '' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	changes TEXT DEFAULT '' NOT NULL, 
	nonce_hash TEXT, 
	CONSTRAINT pk_audit PRIMARY KEY (seq), 
	CONSTRAINT uq_audit_nonce_hash UNIQUE (nonce_hash)
);
INSERT INTO "audit" VALUES(1,1780315200.0,'import','imported','oslo-2020',1,'published','','',NULL);
CREATE TABLE events (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	review TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	start_day INTEGER, 
	end_day INTEGER, 
	date_precision TEXT NOT NULL, 
	lat DOUBLE, 
	lon DOUBLE, 
	location_precision TEXT NOT NULL, 
	radius_m DOUBLE, 
	country TEXT NOT NULL, 
	status TEXT NOT NULL, 
	organisers TEXT NOT NULL, 
	communities TEXT NOT NULL, 
	guarded_until DOUBLE, 
	changed_in BIGINT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	CONSTRAINT pk_events PRIMARY KEY (id)
);
INSERT INTO "events" VALUES('oslo-2020',1,'published','rally',18293,18294,'weekend',59.91273,10.74609,'city',9000.0,'NO','held','["Friends of Iran"]','["Iran"]',1580684400.0,1,1780315200.0);
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('dataset_version','1');
INSERT INTO "meta" VALUES('secret','5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a');
CREATE TABLE place_checks (
	event_id TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	candidates TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	CONSTRAINT pk_place_checks PRIMARY KEY (event_id)
);
CREATE TABLE rallymap_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT rallymap_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "rallymap_schema" VALUES('0001');
CREATE TABLE revisions (
	event_id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	review TEXT NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (event_id, revision)
);
INSERT INTO "revisions" VALUES('oslo-2020',1,'published','{"title":"Rally in Oslo","kind":"rally","when":{"start":"2020-02-01","end":"2020-02-02","precision":"weekend","zone":"Europe/Oslo"},"place":{"text":"Oslo","country_hint":"NO"},"location":{"lat":59.91273,"lon":10.74609,"precision":"city","radius_m":9000,"confidence":0.9,"method":"gazetteer","name":"Oslo","admin1":"Oslo","country":"NO"},"organisers":["Friends of Iran"],"communities":["Iran"],"sources":[{"url":"https://news.example/oslo"}]}');
CREATE TABLE sessions (
	token_hash TEXT NOT NULL, 
	account TEXT NOT NULL, 
	expires_at DOUBLE NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account FOREIGN KEY(account) REFERENCES accounts (name) ON DELETE CASCADE
);
CREATE TABLE submissions (
	event_id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	contact TEXT NOT NULL, 
	edit_token_hash TEXT NOT NULL, 
	account TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	CONSTRAINT pk_submissions PRIMARY KEY (event_id), 
	CONSTRAINT uq_submissions_code UNIQUE (code), 
	CONSTRAINT uq_submissions_edit_token_hash UNIQUE (edit_token_hash)
);
CREATE TABLE tombstones (
	event_id TEXT NOT NULL, 
	redirect_to TEXT NOT NULL, 
	reason_code TEXT NOT NULL, 
	was_public BOOLEAN NOT NULL, 
	changed_in BIGINT NOT NULL, 
	at DOUBLE NOT NULL, 
	CONSTRAINT pk_tombstones PRIMARY KEY (event_id)
);
CREATE INDEX ix_events_changed_in ON events (changed_in);
CREATE INDEX ix_events_start_day ON events (start_day);
CREATE INDEX ix_events_under_review ON events (review, created_at) WHERE review != 'published';
CREATE INDEX ix_tombstones_changed_in ON tombstones (changed_in);
CREATE INDEX ix_audit_event_id_seq ON audit (event_id, seq);
CREATE INDEX ix_submissions_account ON submissions (account);
CREATE INDEX ix_sessions_account ON sessions (account);
CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);
CREATE INDEX ix_attempts_at ON attempts (at);
CREATE INDEX ix_attempts_address_hash_kind_at ON attempts (address_hash, kind, at);
COMMIT;
