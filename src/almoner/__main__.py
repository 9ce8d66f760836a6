"""`python -m almoner` is the same as the `almoner` command."""

import sys

from almoner.cli import main

sys.exit(main())
