"""The application core: opens store and engine, and is all that the app, the server and the command line talk to."""
