import ListenerKit

/// Where the folder of one run may be: in the places for what is temporary, of which a container may have any.
///
/// - Parameter environment: The variables, some of which name places.
/// - Returns: Absolute paths, the best first, that leave room for the name of a socket.
func folderPlaces(_ environment: [String: String]) -> [String] {
    let named = ["TMPDIR", "XDG_RUNTIME_DIR"].compactMap { environment[$0] }
    let places = named + ["/run", "/tmp", "/dev/shm", "/var/tmp"]
    var seen: Set<String> = []
    return places.filter { place in
        place.utf8.first == UInt8(ascii: "/") && place.utf8.count <= longestPlace && seen.insert(place).inserted
    }
}

/// What a socket in it is called may have some 50 bytes more: `/listenerd.XXXXXX/server/supervisor.sock.1234567`, as supervisord
/// calls its own at first.
private let longestPlace = SocketAddress.longestPath - 50
