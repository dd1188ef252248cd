#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Sets a variable in the environment of this process, for its children; must be called before other threads are started.
func setEnvironmentVariable(_ name: String, _ value: String) {
    setenv(name, value, 1)
}
