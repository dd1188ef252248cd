import Glibc

/// A datagram that was received; the descriptors that were passed with it are closed when it is destroyed.
struct Datagram: ~Copyable {
    /// The process that has sent a datagram, as the kernel attests it.
    struct Sender: Equatable {
        /// Its pid; 0 if it is not visible from here.
        let pid: Int32
        /// Its user id.
        let user: UInt32
    }

    /// The contents, or the beginning of them if there was no room for more.
    let bytes: [UInt8]
    /// The sender; nil if the kernel did not say.
    let sender: Sender?

    private let descriptors: [Int32]

    /// Copies the contents, and takes ownership of the passed descriptors.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - control: The control messages that came with it.
    init(_ bytes: ArraySlice<UInt8>, _ control: [ControlMessage]) {
        self.bytes = Array(bytes)
        let credentials = control.first { $0.type == ControlMessage.credentials && $0.words.count > 1 }?.words
        sender = credentials.map { Sender(pid: $0[0], user: UInt32(bitPattern: $0[1])) }
        descriptors = control.filter { $0.type == ControlMessage.descriptors }.flatMap { $0.words }
    }

    deinit {
        for descriptor in descriptors {
            close(descriptor)
        }
    }

    /// Closes the passed descriptors, for which the sender may be waiting.
    consuming func finish() {}
}
