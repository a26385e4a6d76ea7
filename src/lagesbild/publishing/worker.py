"""The worker's side of `worker_pool`: ``python -m lagesbild.publishing.worker``, with an open connection's number."""

from __future__ import annotations

import pickle
import signal
import sys
from multiprocessing.connection import Connection

from lagesbild.publishing.batch import attempt
from lagesbild.publishing.scratch import hold_scratch


def main(number: int) -> None:
    """Do the jobs that come through the connection, until it ends: at the end of the batch, or with its parent."""
    # Ctrl-C reaches every process of the terminal; the parent ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = Connection(number)
    hold_scratch()
    sys.path[:] = connection.recv()
    work = pickle.loads(connection.recv_bytes())
    while True:
        try:
            name, *arguments = pickle.loads(connection.recv_bytes())
        except EOFError:
            return
        outcome = attempt(work, name, *arguments)
        try:
            connection.send_bytes(pickle.dumps(outcome))
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main(int(sys.argv[1]))
