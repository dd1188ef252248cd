/// Reads the `[supervisord]` section.
struct SupervisordReader {
    private var reader: SectionReader
    private var settings = SupervisordSettings()

    /// Reads the section.
    ///
    /// - Parameters:
    ///   - section: The section with the names that are known everywhere.
    ///   - hostName: What `%(host_node_name)s` stands for.
    /// - Returns: The settings as far as they can be told, and what is wrong with them.
    static func read(
        _ section: ConfigurationSection,
        hostName: String
    ) -> (settings: SupervisordSettings, problems: [ConfigurationProblem]) {
        var this = SupervisordReader(reader: SectionReader(section))
        this.settings.location = section.location
        this.readSettings()
        this.readSyntax()
        this.readEnvironment(hostName)
        return (this.settings, this.reader.problems)
    }

    private mutating func readSettings() {
        settings.identifier = reader.text("identifier") ?? settings.identifier
        settings.nodaemon = reader.value("nodaemon", as: .boolean) ?? settings.nodaemon
        settings.logLevel = reader.value("loglevel", as: .logLevel) ?? settings.logLevel
        settings.logFile = reader.text("logfile") ?? settings.logFile
        settings.user = reader.text("user")
        settings.pidFile = reader.text("pidfile") ?? settings.pidFile
    }

    /// Reads the keys that only have to be right for supervisord to take the file.
    private mutating func readSyntax() {
        for key in ["minfds", "minprocs", "logfile_backups"] {
            _ = reader.value(key, as: .integer)
        }
        for key in ["silent", "nocleanup", "strip_ansi"] {
            _ = reader.value(key, as: .boolean)
        }
        for key in ["directory", "childlogdir"] {
            _ = reader.text(key)
        }
        _ = reader.value("umask", as: .octal)
        _ = reader.value("logfile_maxbytes", as: .byteSize)
    }

    /// supervisord 4.3.0 expands this value twice, the second time with the host's name as well.
    private mutating func readEnvironment(_ hostName: String) {
        guard let option = reader.section.option("environment"), let once = reader.text("environment") else {
            return
        }
        reader.section.names.hostName = hostName
        guard let text = reader.expand(once, of: option, isSecondTime: true) else {
            return
        }
        settings.environment = reader.variables(in: text, of: option)
    }
}
