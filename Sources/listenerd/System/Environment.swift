#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Sets a variable of this process's environment, for its children; to be called before there are other threads.
func setEnvironmentVariable(_ name: String, _ value: String) {
    setenv(name, value, 1)
}
