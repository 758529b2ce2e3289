import ArgumentParser
import Lianbang

@main
enum Main {
  static func main() async {
    await LianbangCommand.main()
  }
}
