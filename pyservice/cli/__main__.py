"""`python -m pyservice.cli`, for where the `vitrine` script is not installed."""

import sys

from pyservice.cli.main import main

sys.exit(main())
