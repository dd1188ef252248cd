/// An event as supervisord sends it: a header, and a payload that has not been parsed.
struct Message: Equatable {
    let header: EventHeader
    let payload: ArraySlice<UInt8>
}
