import Glibc

/// Duplicates a descriptor; the new one is above the standard streams, and children do not inherit it.
///
/// - Parameters:
///   - descriptor: The descriptor.
///   - action: The verb phrase with which an error says what was tried.
/// - Returns: The new descriptor.
/// - Throws: ``SystemError``, for example if the descriptor is closed.
package func duplicateDescriptor(_ descriptor: Int32, _ action: String) throws(SystemError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else {
        throw SystemError(action)
    }
    return copy
}

/// Redirects a descriptor to the open file of another one.
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
