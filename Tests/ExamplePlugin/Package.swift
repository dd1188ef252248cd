// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "crash-mail-listener",
    dependencies: [
        .package(name: "listenerd", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "CrashMailListener",
            dependencies: [
                .product(name: "Handlers", package: "listenerd"),
                .product(name: "ListenerKit", package: "listenerd"),
            ]
        ),
        .testTarget(
            name: "CrashMailTests",
            dependencies: ["CrashMailListener", .product(name: "ListenerTesting", package: "listenerd")]
        ),
    ]
)
