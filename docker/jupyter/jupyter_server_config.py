# JupyterLab as the lessons want it: the Go kernel only, nothing asked of any network.
c = get_config()  # noqa: F821 (Jupyter defines it)

c.KernelSpecManager.allowed_kernelspecs = {"gonb"}
c.KernelSpecManager.ensure_native_kernel = False
c.MultiKernelManager.default_kernel_name = "gonb"

c.LabApp.extension_manager = "readonly"
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.news_url = None

# A figure in a saved notebook is large: do not warn or throttle at Jupyter's low default.
c.ZMQChannelsWebsocketConnection.iopub_data_rate_limit = 1e8
