-- Written by the version whose store was one object with methods; its key file has 64 times "5a".
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
INSERT INTO "accounts" VALUES('mira','no hash, nobody signs in here','moderator','',1,'sealed:gAAAAABrB42BjPOvoI706X3otFcdAQwE5mrknftJR5Cc4hxvd-cxDzdRMLbjEObrDfrb2qCJoW88Yg-TauWDs61vxf_nMNOgrItB8x0OxAOLstq8IyxXrNQ=',1780315200.0);
CREATE TABLE approvals (
	event_id TEXT NOT NULL, 
	account TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	at DOUBLE NOT NULL, 
	CONSTRAINT pk_approvals PRIMARY KEY (event_id, account)
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
INSERT INTO "audit" VALUES(1,1780315200.0,'operator','account made',NULL,NULL,'','mira: moderator','',NULL);
INSERT INTO "audit" VALUES(2,1780315200.0,'visitor','submitted','oslo-waiting',1,'pending','','','a1ac48677d6834a3ba2d3a3bc50798e9606205416310809e416be22e2ae8de86');
INSERT INTO "audit" VALUES(3,1780315200.0,'visitor','submitted','oslo-public',1,'pending','','','d47bf939b9de28ca1d384ce1760d5a018feef692f6524c0ae6c83578747cfa5b');
INSERT INTO "audit" VALUES(4,1780315200.0,'mira','published','oslo-public',2,'published','','{"review":["pending","published"]}','9c0e2be1ecc3bbffd90c493baf2e56abeba5f0a4b4e2171f6fc0b9e4ed9d2526');
INSERT INTO "audit" VALUES(5,1780315200.0,'submitter','proposed a change','oslo-public',2,'published','','','a15b07a54a4e66c238bbd77a9ff196d4aa7ea9a2cb7667441800d952838ee90a');
INSERT INTO "audit" VALUES(6,1780315200.0,'visitor','reported','oslo-public',2,'published','','','11c93a8c0a3d1bfa2da2b28275febf7035de14fd6a5b4f9371bcd0e90278b812');
INSERT INTO "audit" VALUES(7,1780315200.0,'submitter','answered','oslo-waiting',1,'pending','','','e542b71545d9ec243f2f8923520820a3e084e1907eb7bfeb919e499818f071a3');
CREATE TABLE draft_pictures (
	token_hash TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	data BLOB NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	CONSTRAINT pk_draft_pictures PRIMARY KEY (token_hash), 
	CONSTRAINT fk_draft_pictures_token_hash FOREIGN KEY(token_hash) REFERENCES drafts (token_hash) ON DELETE CASCADE
);
CREATE TABLE drafts (
	token_hash TEXT NOT NULL, 
	fields TEXT NOT NULL, 
	saved_at DOUBLE NOT NULL, revision INTEGER DEFAULT '1' NOT NULL, started_at DOUBLE DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (token_hash)
);
INSERT INTO "drafts" VALUES('22b01502613c44a58a0b6d1e3796c763e616480577f6b1220034defd0ab161ed','{"title":"Vigil"}',1780315200.0,1,1780315200.0);
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
INSERT INTO "events" VALUES('oslo-waiting',1,'pending','rally',18293,18293,'day',59.91273,10.74609,'city',9000.0,'NO','held','[]','[]',1580598000.0,0,1780315200.0);
INSERT INTO "events" VALUES('oslo-public',2,'published','rally',18293,18293,'day',59.91273,10.74609,'city',9000.0,'NO','held','[]','[]',1580598000.0,1,1780315200.0);
CREATE TABLE identities (
	issuer TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	account TEXT NOT NULL, 
	CONSTRAINT pk_identities PRIMARY KEY (issuer, subject), 
	CONSTRAINT fk_identities_account FOREIGN KEY(account) REFERENCES accounts (name) ON DELETE CASCADE
);
CREATE TABLE import_events (
	import_id TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	revision_before INTEGER NOT NULL, 
	revision_after INTEGER NOT NULL, 
	CONSTRAINT pk_import_events PRIMARY KEY (import_id, event_id)
);
CREATE TABLE import_mappings (
	headings TEXT NOT NULL, 
	options TEXT NOT NULL, 
	saved_at DOUBLE NOT NULL, 
	CONSTRAINT pk_import_mappings PRIMARY KEY (headings)
);
CREATE TABLE import_notes (
	event_id TEXT NOT NULL, 
	import_id TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT pk_import_notes PRIMARY KEY (event_id)
);
CREATE TABLE imports (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	state TEXT NOT NULL, 
	started_at DOUBLE NOT NULL, 
	ended_at DOUBLE, 
	file_hash TEXT NOT NULL, 
	options TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id)
);
CREATE TABLE invitations (
	token_hash TEXT NOT NULL, 
	role TEXT NOT NULL, 
	countries TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	expires_at DOUBLE NOT NULL, 
	CONSTRAINT pk_invitations PRIMARY KEY (token_hash)
);
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('dataset_version','1');
INSERT INTO "meta" VALUES('key_check','0dfc545d652005d03279696a4fb4b592128b2877914fb5816d3fa3fbf25246d9');
CREATE TABLE notes (
	id INTEGER NOT NULL, 
	event_id TEXT NOT NULL, 
	at DOUBLE NOT NULL, 
	author TEXT NOT NULL, 
	words TEXT NOT NULL, 
	for_submitter BOOLEAN NOT NULL, is_open BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_notes PRIMARY KEY (id)
);
INSERT INTO "notes" VALUES(1,'oslo-waiting',1780315200.0,'submitter','It begins at noon.',1,1);
CREATE TABLE pictures (
	id TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	data BLOB NOT NULL, 
	created_at DOUBLE NOT NULL, 
	CONSTRAINT pk_pictures PRIMARY KEY (id)
);
CREATE TABLE place_checks (
	event_id TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	candidates TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	CONSTRAINT pk_place_checks PRIMARY KEY (event_id)
);
CREATE TABLE proposals (
	event_id TEXT NOT NULL, 
	base_revision INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	CONSTRAINT pk_proposals PRIMARY KEY (event_id)
);
INSERT INTO "proposals" VALUES('oslo-public',2,'{"title":"A better title","kind":"rally","when":{"start":"2020-02-01","end":"2020-02-01","precision":"day","zone":"Europe/Oslo"},"place":{"text":"Oslo","country_hint":"NO"},"location":{"lat":59.91273,"lon":10.74609,"precision":"city","radius_m":9000,"confidence":0.9,"method":"gazetteer","name":"Oslo","admin1":"Oslo","country":"NO"},"sources":[{"url":"https://news.example/oslo-public"}]}',1780315200.0);
CREATE TABLE rallymap_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT rallymap_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "rallymap_schema" VALUES('0007');
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	event_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	words TEXT NOT NULL, 
	at DOUBLE NOT NULL, 
	closed_at DOUBLE, 
	closed_by TEXT NOT NULL, network TEXT DEFAULT '' NOT NULL, outcome TEXT DEFAULT '' NOT NULL, hid_at DOUBLE, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES(1,'oslo-public','wrong_place','It was in Bergen.',1780315200.0,NULL,'','f2','',NULL);
CREATE TABLE revisions (
	event_id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	review TEXT NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (event_id, revision)
);
INSERT INTO "revisions" VALUES('oslo-waiting',1,'pending','{"title":"Rally before parliament","kind":"rally","when":{"start":"2020-02-01","end":"2020-02-01","precision":"day","zone":"Europe/Oslo"},"place":{"text":"Oslo","country_hint":"NO"},"location":{"lat":59.91273,"lon":10.74609,"precision":"city","radius_m":9000,"confidence":0.9,"method":"gazetteer","name":"Oslo","admin1":"Oslo","country":"NO"},"sources":[{"url":"https://news.example/oslo-waiting"}]}');
INSERT INTO "revisions" VALUES('oslo-public',1,'pending','{"title":"Rally oslo-public","kind":"rally","when":{"start":"2020-02-01","end":"2020-02-01","precision":"day","zone":"Europe/Oslo"},"place":{"text":"Oslo","country_hint":"NO"},"location":{"lat":59.91273,"lon":10.74609,"precision":"city","radius_m":9000,"confidence":0.9,"method":"gazetteer","name":"Oslo","admin1":"Oslo","country":"NO"},"sources":[{"url":"https://news.example/oslo-public"}]}');
INSERT INTO "revisions" VALUES('oslo-public',2,'published','{"title":"Rally oslo-public","kind":"rally","when":{"start":"2020-02-01","end":"2020-02-01","precision":"day","zone":"Europe/Oslo"},"place":{"text":"Oslo","country_hint":"NO"},"location":{"lat":59.91273,"lon":10.74609,"precision":"city","radius_m":9000,"confidence":0.9,"method":"gazetteer","name":"Oslo","admin1":"Oslo","country":"NO"},"sources":[{"url":"https://news.example/oslo-public"}]}');
CREATE TABLE sessions (
	token_hash TEXT NOT NULL, 
	account TEXT NOT NULL, 
	expires_at DOUBLE NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account FOREIGN KEY(account) REFERENCES accounts (name) ON DELETE CASCADE
);
INSERT INTO "sessions" VALUES('95fdcbcca716ee518067b25a5215c413df92cf173940909a73578204aef6c96e','mira',1780401600.0);
CREATE TABLE source_urls (
	url_key BIGINT NOT NULL, 
	event_id TEXT NOT NULL, 
	CONSTRAINT pk_source_urls PRIMARY KEY (url_key, event_id)
);
INSERT INTO "source_urls" VALUES(1435533150123505282,'oslo-waiting');
INSERT INTO "source_urls" VALUES(-9081065770656706926,'oslo-public');
CREATE TABLE staged (
	event_id TEXT NOT NULL, 
	account TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	expected_revision INTEGER NOT NULL, 
	at DOUBLE NOT NULL, 
	CONSTRAINT pk_staged PRIMARY KEY (event_id)
);
INSERT INTO "staged" VALUES('oslo-waiting','mira','publish','',1,1780315200.0);
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
INSERT INTO "submissions" VALUES('oslo-waiting','JTBB6-DYGNN','someone@example.org','84451c56ea082922d6d71de949fdc748e166c4080445e6e606091a2db6f4f9b1','',1780315200.0);
INSERT INTO "submissions" VALUES('oslo-public','Y5U4J-YGHFR','someone@example.org','ae9dd60cc516e6d0c6b62c9b5f03d2545223cb8fc94be482d04c82ff5b5b67c4','',1780315200.0);
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
CREATE INDEX ix_notes_event_id ON notes (event_id);
CREATE INDEX ix_reports_event_id ON reports (event_id);
CREATE INDEX ix_reports_open ON reports (at) WHERE closed_at IS NULL;
CREATE INDEX ix_staged_account ON staged (account);
CREATE INDEX ix_invitations_expires_at ON invitations (expires_at);
CREATE INDEX ix_identities_account ON identities (account);
CREATE INDEX ix_source_urls_event_id ON source_urls (event_id);
CREATE INDEX ix_drafts_saved_at ON drafts (saved_at);
CREATE INDEX ix_pictures_event_id ON pictures (event_id);
CREATE INDEX ix_reports_hid_at ON reports (hid_at) WHERE hid_at IS NOT NULL;
CREATE INDEX ix_notes_open ON notes (event_id) WHERE is_open;
CREATE INDEX ix_imports_file_hash ON imports (file_hash);
CREATE INDEX ix_import_events_event_id ON import_events (event_id);
CREATE INDEX ix_import_notes_import_id ON import_notes (import_id);
COMMIT;
