"""Long work asked for on a page: the worker does it, a page tells how far it is, and whoever asked can stop it.

What the work is the other rooms say (``kinds``). Each is one transaction that ends with ``running.Run.finish``: a job
that is done is done whole, and one that was stopped, has failed or has lost its worker has changed nothing.
"""
