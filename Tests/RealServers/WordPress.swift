// SPDX-License-Identifier: EUPL-1.2
import Foundation
public import RunningGateway
public import Sandbox

/// A real WordPress on 127.0.0.1, with its database and its web server, over HTTPS. Its editor `meldpoort` has an application password.
public final class WordPress: Sendable {
    /// What a plugin of the site does to requests that change something.
    public enum Breakage: String, Sendable {
        case none
        /// 500 before anything is kept.
        case failsBefore
        /// 500 after the page was kept.
        case failsAfter
        /// A warning in HTML stands before the JSON of every answer, as with a careless plugin.
        case talksBetween
        /// 200 with an error in JSON, and nothing is kept.
        case errorInside
    }

    /// The user with the role editor, who may publish pages and media and no more.
    public static let userName = "meldpoort"

    /// The authority that the site's certificate comes from, and others that are wrong.
    public let certificates: Certificates
    /// `https://127.0.0.1:<port>`.
    public let baseURL: String
    /// The application password of `userName`, with which the REST interface is used.
    public let applicationPassword: String
    /// What the web server and the database write.
    public let log: ProcessLog
    private let folder: WorkFolder
    private let site: WordPressSite

    /// Runs with a fresh site that is gone afterwards. Starting takes a few seconds.
    /// - Throws: `ServerProblem`, or what the body throws.
    public static func run<Value>(_ body: (WordPress) async throws -> Value) async throws -> Value {
        try DebianProgram.requireRoot()
        let folder = try WorkFolder("wordpress")
        defer { folder.remove() }
        let database = try await Database.start(in: folder)
        let result: Result<Value, any Error>
        do {
            result = .success(try await withSite(in: folder, database, body))
        } catch {
            result = .failure(error)
        }
        await database.stop()
        return try result.get()
    }

    private static func withSite<Value>(
        in folder: WorkFolder, _ database: Database, _ body: (WordPress) async throws -> Value
    ) async throws -> Value {
        let certificates = try CertificateWorkshop.prepare(in: folder("tls"))
        let site = WordPressSite(folder: folder, port: try FreePort.take(1)[0], socket: database.socket)
        try site.write()
        let password = try site.install()
        let log = ProcessLog()
        try folder.write(site.webServer(identity: certificates.server), to: "apache.conf")
        let server = try ServerProcess(
            "apache2", ["-d", folder.path, "-f", folder("apache.conf"), "-DFOREGROUND"], log: log)
        let result: Result<Value, any Error>
        do {
            try await log.waitUntilReady("apache2", says: "resuming normal operations")
            let press = WordPress(certificates, password: password, log: log, folder: folder, site: site)
            result = .success(try await body(press))
        } catch {
            result = .failure(error)
        }
        await server.stop()
        return try result.get()
    }

    private init(
        _ certificates: Certificates, password: String, log: ProcessLog, folder: WorkFolder, site: WordPressSite
    ) {
        self.certificates = certificates
        self.log = log
        self.folder = folder
        self.site = site
        baseURL = site.address
        applicationPassword = password
    }

    /// Lets the plugin of the site break, from the next request on.
    public func breakPlugin(_ breakage: Breakage) throws {
        try folder.write(breakage.rawValue, to: "site/wp-content/breuk")
    }

    /// Runs PHP inside WordPress, as its command line would, and gives what it prints.
    ///
    ///     try press.php("echo wp_count_posts('page')->publish;")
    public func php(_ code: String) throws -> String {
        try site.php(code)
    }

    /// The pages by that name in the address: their number, status, title and text as WordPress keeps them.
    public func pages(named slug: String) throws -> [Page] {
        let json = try site.php(
            """
            echo json_encode(array_map(fn($p) => ['number' => $p->ID, 'status' => $p->post_status, 'title' => $p->post_title,
              'text' => $p->post_content], get_posts(['post_type' => 'page', 'post_status' => 'any,trash', 'numberposts' => -1,
              'name' => '\(slug)'])));
            """)
        return try JSONDecoder().decode([Page].self, from: Data(json.utf8))
    }

    /// A page as WordPress keeps it.
    public struct Page: Sendable, Hashable, Decodable {
        public let number: Int
        /// `publish`, `draft`, `trash`.
        public let status: String
        public let title: String
        public let text: String
    }
}

/// A MariaDB that listens on a socket only.
private struct Database: Sendable {
    let socket: String
    private let process: ServerProcess

    static func start(in folder: WorkFolder) async throws -> Database {
        try folder.make("db", owner: "mysql")
        try DebianProgram.run(
            "mariadb-install-db",
            [
                "--no-defaults", "--auth-root-authentication-method=normal", "--user=mysql",
                "--datadir=\(folder("db"))", "--skip-test-db",
            ])
        // The web server's user must reach the socket.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("db"))
        let (socket, log) = (folder("db/s"), ProcessLog())
        let process = try ServerProcess(
            "mariadbd",
            [
                "--no-defaults", "--user=mysql", "--datadir=\(folder("db"))", "--socket=\(socket)",
                "--skip-networking", "--pid-file=\(folder("db/pid"))", "--innodb-flush-log-at-trx-commit=0",
            ], log: log)
        let database = Database(socket: socket, process: process)
        do {
            try await log.waitUntilReady("mariadbd", says: "ready for connections")
            try DebianProgram.run("mariadb", ["--no-defaults", "-S", socket, "-u", "root", "-e", "CREATE DATABASE wp"])
        } catch {
            await process.stop()
            throw error
        }
        return database
    }

    func stop() async { await process.stop() }
}
