\getenv sample_password SAMPLE_PASSWORD
CREATE ROLE sample LOGIN PASSWORD :'sample_password';
CREATE DATABASE sample OWNER sample;
REVOKE ALL ON DATABASE sample, postgres FROM PUBLIC;
