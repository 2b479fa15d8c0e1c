"""Runs a first cell through the Go kernel: it opens the compute backend and says which.

It proves the set-up, and what it links need not be fetched or built by a learner's first cell.
"""
import sys

from gokernel import go_kernel

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


with go_kernel() as client:
    reply = client.execute_interactive(cell, timeout=900, output_hook=hear)

if reply["content"]["status"] != "ok":
    print(reply["content"].get("evalue", ""))
print("".join(said).strip())
sys.exit(reply["content"]["status"] != "ok")
