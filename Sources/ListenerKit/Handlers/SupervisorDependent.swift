/// A handler that does nothing without supervisord's answers: the listener ends if there are never going to be any.
package protocol SupervisorDependent: Handler {}
