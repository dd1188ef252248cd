/// Reads the `[supervisord]` section.
struct SupervisordReader {
    private var reader: SectionReader
    private var settings = SupervisordSettings()

    /// Reads the section.
    ///
    /// - Parameters:
    ///   - section: The section, with the names that every section can refer to.
    ///   - hostName: The value of `%(host_node_name)s`.
    /// - Returns: The settings, with defaults in place of invalid values, and the problems.
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
        settings.user = reader.value("user", as: .user)
        settings.directory = reader.value("directory", as: .nonEmpty)
        settings.childLogDirectory = reader.value("childlogdir", as: .nonEmpty)
        settings.pidFile = reader.text("pidfile") ?? settings.pidFile
    }

    /// Checks the keys that are not part of the model, but that supervisord rejects if they are invalid.
    private mutating func readSyntax() {
        for key in ["minfds", "minprocs", "logfile_backups"] {
            _ = reader.value(key, as: .integer)
        }
        for key in ["silent", "nocleanup", "strip_ansi"] {
            _ = reader.value(key, as: .boolean)
        }
        _ = reader.value("umask", as: .octal)
        settings.logFileMaximumBytes = reader.value("logfile_maxbytes", as: .byteSize) ?? settings.logFileMaximumBytes
    }

    /// Reads `environment`; supervisord 4.3.0 expands it twice, the second time with the host name too.
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
