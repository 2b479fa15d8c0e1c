"""A Go kernel for programs: without gopls, which in a kernel's first seconds reads the whole
module on both cores, and which nobody asks for completions there."""
from contextlib import contextmanager

from jupyter_client.manager import KernelManager


@contextmanager
def go_kernel():
    """Starts a Go kernel of its own, yields its client, and ends both."""
    manager = KernelManager(kernel_name="gonb")
    path = manager.kernel_spec.env["PATH"].split(":")
    manager.kernel_spec.env["PATH"] = ":".join(p for p in path if not p.endswith("/lib/gopls"))
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
