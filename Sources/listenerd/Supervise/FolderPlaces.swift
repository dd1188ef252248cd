import ListenerKit

/// Returns the directories that may hold the private folder of a run: those for temporary files, of which a container may have any.
///
/// - Parameter environment: The environment, some of whose variables name such directories.
/// - Returns: Absolute paths, the best first, that are short enough for the path of a socket in the folder.
func folderPlaces(_ environment: [String: String]) -> [String] {
    let named = ["TMPDIR", "XDG_RUNTIME_DIR"].compactMap { environment[$0] }
    let places = named + ["/run", "/tmp", "/dev/shm", "/var/tmp"]
    var seen: Set<String> = []
    return places.filter { place in
        place.utf8.first == UInt8(ascii: "/") && place.utf8.count <= longestPlace && seen.insert(place).inserted
    }
}

/// Leaves 50 bytes for the name of a socket: `/listenerd.XXXXXX/server/supervisor.sock.1234567`, as supervisord names its socket at
/// first.
private let longestPlace = SocketAddress.longestPath - 50
