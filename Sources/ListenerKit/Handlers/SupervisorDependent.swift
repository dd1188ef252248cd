/// A handler that is useless without supervisord's RPC interface: the listener ends if supervisord will never answer calls.
public protocol SupervisorDependent: Handler {}
