// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox

/// The files of a site that uses the WordPress of Debian without touching `/etc`.
struct WordPressSite: Sendable {
    let folder: WorkFolder
    let port: Int
    /// The database's.
    let socket: String

    private static let program = "/usr/share/wordpress"

    var address: String { "https://127.0.0.1:\(port)" }
    private var root: String { folder("site") }

    /// Writes everything but the content of the database.
    func write() throws {
        let manager = FileManager.default
        guard manager.fileExists(atPath: "\(Self.program)/wp-load.php") else {
            throw ServerProblem("wordpress is not installed: install the packages of .ci/run with `make test-packages`")
        }
        for name in ["site", "run", "site/wp-content/mu-plugins"] { try folder.make(name) }
        for name in ["site/wp-content", "site/wp-content/uploads"] { try folder.make(name, owner: "www-data") }
        for name in try manager.contentsOfDirectory(atPath: Self.program)
        where name != "wp-content" && name != "wp-config.php" {
            try manager.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: "\(Self.program)/\(name)")
        }
        try manager.createSymbolicLink(
            atPath: "\(root)/wp-content/themes", withDestinationPath: "\(Self.program)/wp-content/themes")
        // Every script finds its root here, and not where the links lead.
        try folder.write("<?php\ndefine('ABSPATH', '\(root)/');\n", to: "site/prepend.php")
        try folder.write(configuration, to: "site/wp-config.php")
        try folder.write(plugin, to: "site/wp-content/mu-plugins/breuk.php")
    }

    /// Fills the database.
    /// - Returns: The application password of the user `meldpoort`.
    func install() throws -> String {
        try php(
            """
            require_once ABSPATH . 'wp-admin/includes/upgrade.php';
            function wp_new_blog_notification(...$all) {}
            wp_install('Voorbeeldschool', 'beheer', 'beheer@school.example', false, '', 'geheim-van-beheer');
            update_option('permalink_structure', '/%postname%/');
            $user = wp_insert_user(['user_login' => '\(WordPress.userName)', 'user_pass' => 'geheim-van-meldpoort',
              'user_email' => 'meldpoort@school.example', 'role' => 'editor']);
            [$password] = WP_Application_Passwords::create_new_application_password($user, ['name' => 'meldpoort']);
            echo $password;
            """, before: "define('WP_INSTALLING', true);")
    }

    /// Runs PHP inside WordPress.
    func php(_ code: String, before: String = "") throws -> String {
        let name = "run/\(UUID().uuidString).php"
        let head = """
            <?php
            \(before)
            $_SERVER['HTTP_HOST'] = '127.0.0.1:\(port)';
            $_SERVER['HTTPS'] = 'on';
            require ABSPATH . 'wp-load.php';
            """
        try folder.write("\(head)\n\(code)\n", to: name)
        return try DebianProgram.run("php", ["-d", "auto_prepend_file=\(root)/prepend.php", folder(name)])
    }

    private var configuration: String {
        """
        <?php
        define('DB_NAME', 'wp');
        define('DB_USER', 'root');
        define('DB_PASSWORD', '');
        define('DB_HOST', 'localhost:\(socket)');
        define('DB_CHARSET', 'utf8mb4');
        define('DB_COLLATE', '');
        foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
            define($name . '_KEY', 'proefsleutel-' . $name);
            define($name . '_SALT', 'proefzout-' . $name);
        }
        define('WP_HOME', '\(address)');
        define('WP_SITEURL', '\(address)');
        define('WP_CONTENT_DIR', ABSPATH . 'wp-content');
        define('DISABLE_WP_CRON', true);
        define('WP_HTTP_BLOCK_EXTERNAL', true);
        define('AUTOMATIC_UPDATER_DISABLED', true);
        $table_prefix = 'wp_';
        require_once ABSPATH . 'wp-settings.php';

        """
    }

    private var plugin: String {
        """
        <?php
        // Breaks as the file beside the plugins says.
        function meldpoort_breuk() {
            $file = WP_CONTENT_DIR . '/breuk';
            return file_exists($file) ? file_get_contents($file) : 'none';
        }
        function meldpoort_stuk() {
            status_header(500);
            echo 'Er heeft zich een kritieke fout voorgedaan op deze site.';
            exit;
        }
        add_filter('pre_wp_mail', '__return_true');
        add_filter('rest_pre_dispatch', function ($result, $server, $request) {
            if (meldpoort_breuk() === 'talksBetween') {
                echo "<br />\\n<b>Warning</b>: Undefined variable in plugin.php on line 1<br />\\n";
            }
            if ($request->get_method() === 'GET') return $result;
            if (meldpoort_breuk() === 'failsBefore') meldpoort_stuk();
            if (meldpoort_breuk() === 'errorInside') {
                return new WP_REST_Response(['code' => 'plugin_error', 'message' => 'Niet opgeslagen.'], 200);
            }
            return $result;
        }, 10, 3);
        add_action('rest_after_insert_page', function () {
            if (meldpoort_breuk() === 'failsAfter') meldpoort_stuk();
        });

        """
    }

    /// What apache reads when it starts.
    func webServer(identity: ServerIdentity) throws -> String {
        let modules = "/usr/lib/apache2/modules"
        let all = (try? FileManager.default.contentsOfDirectory(atPath: modules)) ?? []
        guard let php = all.first(where: { $0.hasPrefix("libphp") }) else {
            throw ServerProblem("libapache2-mod-php is not installed: install the packages of .ci/run")
        }
        let load = ["mpm_prefork", "authz_core", "dir", "mime", "ssl"].map { name in
            "LoadModule \(name)_module \(modules)/mod_\(name).so"
        }
        return """
            \(load.joined(separator: "\n"))
            LoadModule php_module \(modules)/\(php)
            ServerRoot \(folder.path)
            ServerName 127.0.0.1
            PidFile run/pid
            DefaultRuntimeDir run
            Mutex file:\(folder("run"))
            ErrorLog /dev/stderr
            LogLevel error mpm_prefork:notice
            User www-data
            Group www-data
            TypesConfig /etc/mime.types
            Listen 127.0.0.1:\(port)
            StartServers 3
            MinSpareServers 1
            MaxSpareServers 4
            MaxRequestWorkers 8
            SSLEngine on
            SSLSessionCache none
            SSLProtocol -all +TLSv1.2 +TLSv1.3
            SSLCertificateFile \(identity.certificate)
            SSLCertificateKeyFile \(identity.key)
            DocumentRoot \(root)
            <Directory \(root)>
              Options FollowSymLinks
              Require all granted
              DirectoryIndex index.php
              FallbackResource /index.php
            </Directory>
            <Directory \(Self.program)>
              Options FollowSymLinks
              Require all granted
            </Directory>
            <FilesMatch "\\.php$">
              SetHandler application/x-httpd-php
            </FilesMatch>
            php_value auto_prepend_file \(root)/prepend.php

            """
    }
}
