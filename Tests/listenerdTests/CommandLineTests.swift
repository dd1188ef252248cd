import ExecutableTesting
import Foundation
import Testing

/// What the program answers to its command line.
@Suite struct CommandLineTests {
}
