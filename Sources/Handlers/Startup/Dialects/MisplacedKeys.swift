import ListenerKit

/// Warns of keys in sections that make no program which could be started in order.
struct MisplacedKeys {
    /// Checks event listeners and groups.
    func read(into builder: inout PlanBuilder) {
        for listener in builder.configuration.eventListeners {
            for key in listener.program.keys {
                check(key, listener.program.location(ofKey: key), listener.program.sectionName, &builder)
            }
        }
        for group in builder.configuration.groups {
            for (key, location) in group.keys {
                check(key, location, "group:\(group.name)", &builder)
            }
        }
    }

    private func check(
        _ key: String,
        _ location: ConfigurationLocation?,
        _ section: String,
        _ builder: inout PlanBuilder
    ) {
        if let location, StartupKeys.all.contains(key) {
            let message = "\(key) has no effect in [\(section)]; move it to a [program:x] section"
            builder.report(.ineffectiveKey, at: location, message)
        }
    }
}
