import Glibc

/// Sets a variable in the environment of this process, for its children; must be called before other threads are started.
func setEnvironmentVariable(_ name: String, _ value: String) {
    setenv(name, value, 1)
}

/// Removes a variable from the environment of this process, and so from that of its children; must be called before other
/// threads are started.
func removeEnvironmentVariable(_ name: String) {
    unsetenv(name)
}
