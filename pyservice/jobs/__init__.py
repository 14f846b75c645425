"""Work on stored pictures: the engine that the API and the command line share."""

from pyservice.jobs.engine import Engine
from pyservice.jobs.results import Checked, Ingested, Inspection, Rendered, StepTold

__all__ = ["Checked", "Engine", "Ingested", "Inspection", "Rendered", "StepTold"]
