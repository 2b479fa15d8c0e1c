"""Execute one notebook with the Go kernel.

    execute.py [--timeout SECONDS] [--dir DIR] [--record JSON] IN OUT

Reports on standard output, one JSON object a line:

    {"event": "start", "cells": 12}                        code cells to come
    {"event": "cell", "cell": 4, "number": 2}
    {"event": "done", "cell": 4, "number": 2, "seconds": 0.8, "ok": true}
    {"event": "end", "ok": false, "seconds": 9.1, "cell": 4, "message": "…"}

"cell" is the cell's index in the notebook, from 0. OUT is written whatever
happens, atomically, with the outputs so far; --record is an object that is
kept in its metadata under "sparseq", with "seconds" and "ok" added. The exit
status is 0 if no cell failed, 1 if one did, 2 if the notebook could not be
run, 130 if the run was interrupted.

The kernel's temporary files live in a folder of this run, and the kernel's
process group ends with it: nothing stays behind.
"""

import argparse
import asyncio
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def emit(event, **fields):
    print(json.dumps({"event": event, **fields}, ensure_ascii=False), flush=True)


def plain(text):
    """The lines that say something, without colours and exit statuses."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not re.fullmatch(r"exit status \d+", line)]


def last_line(text):
    return (plain(text) or [""])[-1]


def cell_error(cell, error):
    """What went wrong in a cell, in one line: the compiler's first, a panic's first, or the last."""
    stderr = "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr")
    for output in cell.outputs:
        for part in output.get("traceback", []):
            where = re.match(r"(?:\x1b\[[0-9;]*m)*Cell\[\d+\]: Line (\d+)", part)
            if where:
                return f"its line {where[1]} does not compile: {last_line(part)}"
    lines = plain(stderr) or plain(getattr(error, "evalue", "")) or ["it failed without a message"]
    return next((line for line in lines if re.match(r"(?:panic|fatal error): ", line)), lines[-1])


def kernel_error(path):
    """The last warning or error in the kernel's log, without its prefix."""
    with open(path, errors="replace") as f:
        said = [re.sub(r"^[WEF]\d{4} .*?\] ?(?:\[\w+\] ?)?", "", line)
                for line in plain(f.read()) if re.match(r"[WEF]\d{4} ", line)]
    return next((line for line in reversed(said) if line), "")


def without_gopls(path, folder):
    """PATH without gopls, which a run that nobody types in need not start.

    Each folder that holds it is replaced by links to all else it holds.
    """
    parts = []
    for k, part in enumerate(path.split(os.pathsep)):
        if part and os.path.lexists(os.path.join(part, "gopls")):
            links = os.path.join(folder, f"bin{k}")
            os.mkdir(links)
            for name in os.listdir(part):
                if name != "gopls":
                    os.symlink(os.path.abspath(os.path.join(part, name)), os.path.join(links, name))
            part = links
        parts.append(part)
    return os.pathsep.join(parts)


def write(nb, path):
    """Write the notebook under a temporary name, then rename it."""
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix="." + os.path.basename(path), dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as f:
            nbformat.write(nb, f)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


class Failure(Exception):
    """A run that ended early: the cell's index or None, and one line why."""

    def __init__(self, cell, message):
        super().__init__(message)
        self.cell = cell


async def execute(nb, args, folder, interrupted):
    """Run the cells in order; the kernel is gone when this returns."""
    client = NotebookClient(
        nb, kernel_name="gonb", timeout=args.timeout, startup_timeout=120,
        coalesce_streams=True, store_widget_state=False, record_timing=False,
        resources={"metadata": {"path": args.dir}},
    )
    client.log.setLevel(logging.CRITICAL + 1)
    km = client.create_kernel_manager()
    km.log = client.log
    km.connection_file = os.path.join(folder, "kernel.json")
    try:
        env = km.kernel_spec.env
    except NoSuchKernel:
        raise Failure(None, "the kernel gonb is not installed: run make setup") from None
    path = env.get("PATH", "${PATH}").replace("${PATH}", os.environ.get("PATH", ""))
    env.update(PATH=without_gopls(path, folder), TMPDIR=folder)
    stderr = os.path.join(folder, "kernel.stderr")
    index, cell, busy = None, None, False
    with open(stderr, "w") as log:
        try:
            await client.async_start_new_kernel(stdout=subprocess.DEVNULL, stderr=log)
            try:
                await client.async_start_new_kernel_client()
            except RuntimeError as error:
                raise Failure(None, f"the kernel did not start: {kernel_error(stderr) or error}") from None
            number = 0
            for index, cell in enumerate(nb.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                number += 1
                emit("cell", cell=index, number=number)
                start, ok, busy = time.monotonic(), False, True
                try:
                    await client.async_execute_cell(cell, index, execution_count=number)
                    ok, busy = True, False
                except CellExecutionError as error:
                    busy = False
                    raise Failure(index, cell_error(cell, error)) from None
                except CellTimeoutError:
                    raise Failure(index, f"it ran longer than {args.timeout} s and was stopped") from None
                except DeadKernelError:
                    if interrupted.is_set():  # nbclient takes a cancellation for a death
                        raise Failure(index, "interrupted") from None
                    said = kernel_error(stderr) or "it left no message (killed, or out of memory?)"
                    raise Failure(index, f"the kernel died: {said}") from None
                finally:
                    seconds = round(time.monotonic() - start, 3)
                    emit("done", cell=index, number=number, seconds=seconds, ok=ok)
        finally:
            await stop(client, km, busy)


async def stop(client, km, busy):
    """End the cell's program, then the kernel, then whatever is left of its group."""
    group = getattr(km.provisioner, "pgid", None)
    try:
        if km.has_kernel and await km.is_alive():
            if busy:
                await km.interrupt_kernel()
            await km.shutdown_kernel(now=False)
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        await ensure_async(km.cleanup_resources())
        if group and group != os.getpgrp():
            try:
                os.killpg(group, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass


async def main(args):
    try:
        nb = nbformat.read(args.input, as_version=4)
    except Exception as error:
        emit("end", ok=False, seconds=0, cell=None, message=f"{args.input}: {last_line(str(error))}")
        return 2
    emit("start", cells=sum(c.cell_type == "code" and bool(c.source.strip()) for c in nb.cells))
    folder = tempfile.mkdtemp(prefix=f"sparseq-run-{os.getppid()}-")
    os.environ.setdefault("JUPYTER_DATA_DIR", os.path.join(sys.prefix, "share", "jupyter"))
    os.environ.update(JUPYTER_RUNTIME_DIR=folder, JUPYTER_CONFIG_DIR=folder, IPYTHONDIR=folder)
    interrupted = asyncio.Event()
    task = asyncio.ensure_future(execute(nb, args, folder, interrupted))

    def interrupt():
        if not interrupted.is_set():  # a second Ctrl-C must not stop the tidying up
            interrupted.set()
            task.cancel()

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, interrupt)
    start, failure, status = time.monotonic(), None, 0
    try:
        await task
    except (Failure, asyncio.CancelledError) as error:
        failure = error if isinstance(error, Failure) else Failure(None, "interrupted")
        status = 130 if interrupted.is_set() else 2 if failure.cell is None else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = round(time.monotonic() - start, 2)
    record = json.loads(args.record)
    nb.metadata["sparseq"] = {**record, "seconds": seconds, "ok": failure is None}
    try:
        write(nb, args.output)
    except OSError as error:
        failure, status = failure or Failure(None, f"{args.output}: {error.strerror}"), status or 2
    emit("end", ok=failure is None, seconds=seconds, cell=failure.cell if failure else None,
         message=str(failure) if failure else "")
    return status


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Execute one notebook with the Go kernel.")
    parser.add_argument("--timeout", type=int, default=3600, help="seconds that one cell may take")
    parser.add_argument("--dir", default=None, help="working folder of the cells (default: of IN)")
    parser.add_argument("--record", default="{}", help="JSON object kept in OUT's metadata")
    parser.add_argument("input", metavar="IN")
    parser.add_argument("output", metavar="OUT")
    arguments = parser.parse_args()
    arguments.dir = arguments.dir or os.path.dirname(os.path.abspath(arguments.input))
    sys.exit(asyncio.run(main(arguments)))
