# JupyterLab as the lessons want it: the Go kernel only, nothing asked of any network.
import warnings

c = get_config()  # noqa: F821 (Jupyter defines it)

c.KernelSpecManager.allowed_kernelspecs = {"gonb"}
c.KernelSpecManager.ensure_native_kernel = False
c.MultiKernelManager.default_kernel_name = "gonb"

c.LabApp.extension_manager = "readonly"
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.news_url = None

# Language servers are for other languages (the Go kernel has its own), and looking for them
# runs npm and writes to the home directory.
c.ServerApp.jpserver_extensions = {"jupyter_lsp": False, "jupyterlab": True}

# The lessons' folder shows lessons: their tests are for those who work on them.
c.ContentsManager.hide_globs = ["*_test.go", "__pycache__", "*.pyc", "*~"]

# A figure in a saved notebook is large: do not throttle at Jupyter's low default.
c.ZMQChannelsWebsocketConnection.iopub_data_rate_limit = 1e8


# Plotly's extension puts a PNG of each figure that it draws into the notebook. Saved, it would
# double the file, and stand in the live figure's place when the notebook is opened again.
def _without_snapshots(model, **_):
    if model.get("type") != "notebook":
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            if "application/vnd.plotly.v1+json" in output.get("data", {}):
                output["data"].pop("image/png", None)


warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")  # Jupyter sets it twice
c.ContentsManager.pre_save_hook = _without_snapshots

# docker/lab.sh prints the address in one line; Jupyter's own announcement takes eight.
def _not_the_announcement(record):
    return "To access the server, open this file" not in record.getMessage()


c.ServerApp.logging_config = {
    "filters": {"brief": {"()": lambda: _not_the_announcement}},
    "handlers": {"console": {"filters": ["brief"]}},
}
