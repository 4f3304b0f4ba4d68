// Every spec here talks to a server, so ./expo test fast leaves them out.
[assembly: Trait("needs", "postgres")]
