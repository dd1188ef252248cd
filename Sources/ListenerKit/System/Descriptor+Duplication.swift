#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Duplicates a descriptor to one above the standard streams that no child inherits.
///
/// - Parameters:
///   - descriptor: The descriptor.
///   - action: What an error says was tried.
/// - Returns: The new descriptor.
/// - Throws: ``SystemError``, as if the descriptor is closed.
package func duplicateDescriptor(_ descriptor: Int32, _ action: String) throws(SystemError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else {
        throw SystemError(action)
    }
    return copy
}

/// Redirects a descriptor to where another one leads.
///
/// - Throws: ``SystemError``.
package func replaceDescriptor(_ descriptor: Int32, by other: Int32) throws(SystemError) {
    guard retryOnInterrupt({ dup2(other, descriptor) }) >= 0 else {
        throw SystemError("redirect descriptor \(descriptor)")
    }
}

/// Returns whether a descriptor is open.
package func isOpen(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) != -1
}
