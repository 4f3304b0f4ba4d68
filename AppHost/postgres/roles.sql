-- Runs once, when the server's data is first made: a database and a role for each service, and nobody else may enter it.
-- The passwords are the server's environment variables, set in Program.cs.
\getenv registration_password REGISTRATION_PASSWORD
\getenv exhibition_password EXHIBITION_PASSWORD
\getenv recruitment_password RECRUITMENT_PASSWORD
\getenv forum_password FORUM_PASSWORD
\getenv matchmaking_password MATCHMAKING_PASSWORD

CREATE ROLE registration LOGIN PASSWORD :'registration_password';
CREATE ROLE exhibition LOGIN PASSWORD :'exhibition_password';
CREATE ROLE recruitment LOGIN PASSWORD :'recruitment_password';
CREATE ROLE forum LOGIN PASSWORD :'forum_password';
CREATE ROLE matchmaking LOGIN PASSWORD :'matchmaking_password';

CREATE DATABASE registration OWNER registration;
CREATE DATABASE exhibition OWNER exhibition;
CREATE DATABASE recruitment OWNER recruitment;
CREATE DATABASE forum OWNER forum;
CREATE DATABASE matchmaking OWNER matchmaking;

-- By default everybody may connect to every database.
REVOKE ALL ON DATABASE registration, exhibition, recruitment, forum, matchmaking, postgres, template1 FROM PUBLIC;
