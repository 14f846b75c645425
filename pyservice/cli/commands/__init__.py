"""One file per subcommand. Their imports are light, so that help comes at once; work imports the rest."""
