import Glibc

/// System calls that the C library does not have, or has only for all threads of a process at once.
enum SystemCall {
    /// Opens a descriptor of a process, which is readable once that has ended, and which children do not inherit.
    ///
    /// - Returns: The descriptor; -1 if the kernel knows no such descriptors (before Linux 5.3), or there is no such process.
    static func openProcess(_ pid: Int32) -> Int32 {
        Int32(truncatingIfNeeded: call(434, Int(pid), 0, 0, 0))
    }

    /// Sends a signal to the process of a descriptor, even if another one has its pid by now.
    static func signalProcess(_ descriptor: Int32, _ signal: Signal) {
        _ = call(424, Int(descriptor), Int(signal.rawValue), 0, 0)
    }

    /// Sets the supplementary groups of this thread, and its real group and user; others, such as the effective ones, stay.
    ///
    /// - Throws: ``SystemError`` unless this process is root and has all that root may do.
    static func setRealUser(_ user: UInt32, groups: [UInt32]) throws(SystemError) {
        let action = "become user \(user)"
        guard let numbers else {
            throw SystemError(action, code: ENOSYS)
        }
        let isDone = groups.withUnsafeBufferPointer { buffer in
            call(numbers.setGroups, buffer.count, Int(bitPattern: buffer.baseAddress), 0, 0) == 0
        }
        guard isDone, let group = groups.first,
            call(numbers.setGroupIDs, Int(group), unchanged, unchanged, 0) == 0,
            call(numbers.setUserIDs, Int(user), unchanged, unchanged, 0) == 0
        else {
            throw SystemError(action)
        }
    }

    /// -1: leaves an id as it is.
    private static let unchanged = -1

    /// The numbers of `setgroups`, `setresgid` and `setresuid`.
    private static var numbers: (setGroups: Int, setGroupIDs: Int, setUserIDs: Int)? {
        #if arch(x86_64)
        (116, 119, 117)
        #elseif arch(arm64) || arch(riscv64)
        (159, 149, 147)
        #else
        nil
        #endif
    }
}

/// The C library's `syscall`, which Swift cannot import because it is variadic.
@_silgen_name("syscall")
private func call(_ number: Int, _ first: Int, _ second: Int, _ third: Int, _ fourth: Int) -> Int
