"""Every bound of the public demo, in one place: what one visitor may ask the server to hold or compute.

Past a bound the visitor gets one sentence and loses nothing. Sizes are in bytes, counts are inclusive.
"""

# Data
MIN_SAMPLES = 10
MAX_SAMPLES = 5000
MAX_CLASSES = 6

# A visitor's own points
MIN_OWN_POINTS = 2  # one to train with, one to test with
MAX_OWN_POINTS = MAX_SAMPLES
MAX_LINK_POINTS = 60  # a link holds no more of them
MAX_CSV = 1_000_000  # characters, or bytes of an uploaded file
MAX_LABEL = 20  # characters of a class's name
MAX_STROKE = 2_000  # corners of one stroke of the brush
MAX_DRAW_STEPS = 50  # of drawing, that the player may send at once
MAX_UNDO = 50  # steps that can be taken back
MAX_UNDO_POINTS = 50_000  # points in all of them together

# Network
MAX_LAYERS = 10  # that the main page offers
MAX_LAB_LAYERS = 30  # that a run may have: the labs go deeper
MAX_UNITS = 64
MAX_LAB_NETWORKS = 4  # side by side
MAX_LAB_WEIGHTS = 250_000  # between hidden layers, in all networks of a lab together
MAX_LAB_SAMPLES = 1000  # for each of them
MAX_SWEEP_SEEDS = 5  # of a sweep over at most seven values: so many networks train at once
MAX_ONE_STEP_LAYERS = 3  # hidden ones of a network that is taken apart by hand
MAX_ONE_STEP_UNITS = 6  # in each
MAX_PARAMETER = 100.0  # size of a weight or bias that is set by hand

# Training
MAX_EPOCHS = 100_000
MAX_SEED = 2**31 - 1

# What a run may keep (see playground.training.history)
HISTORY_BYTES = 32 * 2**20
RUN_BYTES = 4 * HISTORY_BYTES  # of all networks on one timeline
MAX_FRAMES = 20_000

# One answer of the server to the player: it ends at whichever comes first
CHUNK_SECONDS = 0.2
OPENING_SECONDS = 0.3  # of the first answer
CHUNK_FRAMES = 60

MAX_FILM_FRAMES = 2_000  # of what a lab works out frame by frame

# Optimizers: races, sweeps of the learning rate, landscapes
MAX_RACERS = 6
MAX_RACE_STEPS = 1000
MAX_SWEEP_UPDATES = 300
MAX_SWEEP_SAMPLES = 500  # for each of the hundred small networks
MAX_SWEEP_WEIGHTS = 600
MAX_LANDSCAPE_WEIGHTS = 5_000
MAX_LANDSCAPE_EPOCHS = 200
MAX_LANDSCAPE_UPDATES = 6_000

# Text from outside
MAX_LINK_VALUE = 2_000  # characters of one value in a link
MAX_JSON = 100_000  # characters of an Experiment as JSON
MAX_SHOWN = 40  # characters of a bad value repeated in an error message

# Exports
MAX_SAVED = 4 * 2**20  # characters of a network as JSON, or bytes of an uploaded file
MAX_GIF_FRAMES = 100
MAX_RECORDED_FRAMES = 300
MAX_RECORDED_BYTES = 12 * 2**20  # of the recorded numbers before compression
