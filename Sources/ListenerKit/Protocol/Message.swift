/// One event as it stands on the wire: what its header says, and its payload unread.
struct Message: Equatable {
    let header: EventHeader
    let payload: ArraySlice<UInt8>
}
