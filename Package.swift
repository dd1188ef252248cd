// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // In a package that depends on this one, SwiftPM leaves this out.
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "listenerd",
    products: [
        .library(name: "ListenerKit", targets: ["ListenerKit"]),
        .library(name: "Handlers", targets: ["Handlers"]),
        .library(name: "ListenerTesting", targets: ["ListenerTesting"]),
        .executable(name: "listenerd", targets: ["listenerd"]),
    ],
    targets: [
        .target(name: "ListenerKit", swiftSettings: strict),
        .target(name: "Handlers", dependencies: ["ListenerKit"], swiftSettings: strict),
        .executableTarget(
            name: "listenerd",
            dependencies: ["Handlers", "ListenerKit"],
            // The subcommands are as quick as they need be, and a quarter of the program; events never come here.
            swiftSettings: strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))]
        ),
        .target(
            name: "ListenerTesting",
            dependencies: ["ListenerKit"],
            path: "Tests/ListenerTesting",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ListenerKitTests",
            dependencies: ["ExecutableTesting", "ListenerKit", "ListenerTesting"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HandlersTests",
            dependencies: ["ExecutableTesting", "Handlers", "ListenerKit", "ListenerTesting"],
            swiftSettings: strict
        ),
        .target(
            name: "ExecutableTesting",
            dependencies: ["ListenerTesting"],
            path: "Tests/ExecutableTesting",
            swiftSettings: strict
        ),
        .testTarget(
            name: "listenerdTests",
            dependencies: ["ExecutableTesting", "ListenerKit", "ListenerTesting", "listenerd"],
            exclude: ["Analyze/Pictures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEnd",
            dependencies: ["ExecutableTesting", "ListenerKit"],
            path: "Tests/EndToEnd",
            exclude: ["demo", "example", "gates", "restart"],
            swiftSettings: strict
        ),
    ]
)
