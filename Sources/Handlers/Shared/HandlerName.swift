/// The names of this package's handlers: by these they ask whether another one is selected.
enum HandlerName {
    static let orderedStartup = "ordered-startup"
    static let fatalExit = "fatal-exit"
    static let log = "log"
}
