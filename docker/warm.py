"""Runs a first cell through the Go kernel: it opens the compute backend and says which.

It proves the set-up, and what it links need not be fetched or built by a learner's first cell.
"""
import sys

from jupyter_client.manager import KernelManager

cell = '''import (
	"fmt"

	"sparseq/pkg/engine"
)

%%
e, err := engine.Open()
if err != nil {
	fmt.Println(err)
} else {
	fmt.Println(e.Note)
}'''

said = []


def hear(message):
    if message["msg_type"] == "stream":
        said.append(message["content"]["text"])


manager = KernelManager(kernel_name="gonb")
path = manager.kernel_spec.env["PATH"].split(":")
manager.kernel_spec.env["PATH"] = ":".join(p for p in path if not p.endswith("/lib/gopls"))
manager.start_kernel()
client = manager.client()
try:
    client.start_channels()
    client.wait_for_ready(timeout=60)
    reply = client.execute_interactive(cell, timeout=900, output_hook=hear)
finally:
    client.stop_channels()
    manager.shutdown_kernel()

if reply["content"]["status"] != "ok":
    print(reply["content"].get("evalue", ""))
print("".join(said).strip())
sys.exit(reply["content"]["status"] != "ok")
