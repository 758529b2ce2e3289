/// Characters read with more than one initial in names of places, firms and people: the commoner
/// reading in such names first, after the standard dictionaries (现代汉语词典, 通用规范汉字表).
enum Polyphones {
  static let initials: [Unicode.Scalar: [UInt8]] = {
    var table: [Unicode.Scalar: [UInt8]] = [:]
    for entry in entries.split(separator: " ") {
      table[entry.unicodeScalars.first!] = Array(entry.utf8.suffix(entry.unicodeScalars.count - 1))
    }
    return table
  }()

  private static let entries =
    "长cz 行xh 重zc 乐ly 单ds 曾zc 厦xs 会hk 区qo 解jx 查cz 盛sc 朝cz 石sd 仇cq 尉wy 覃qt 万wm 折zs 车cj "
    + "藏cz 调dt 传cz 朴pb 泊bp 粘nz 隗kw 卜bp 弹dt 参cs 校xj 奇qj 提td 翟zd 缪mw 瞿qj 祭jz 洗xs 乜nm 宓mf "
    + "郇xh 贾jg 番fp 浚jx 漯lt 宿sx 省sx 系xj 降jx 强qj 铅qy 巷xh 率ls 屏pb 扁bp 谷gy 合hg 莘sx 侧cz 澄cd "
    + "乘cs 匙cs 臭cx 畜xc 伺cs 囤td 莞gw 给gj 柜gj 虹hj 红hg 吓xh 茄qj 圈qj 券qx 角jq 咯gl 楷kj 壳kq 蔓mw "
    + "秘mb 泌mb 膀bp 埔pb 堡bp 曝bp 瀑pb 栖qx 茜qx 汤ts 荨qx 荥xy 叶yx 轧zyg 粥zy 属sz 涡gw 洞dt 峒dt 鸟nd "
    + "裨bp 阿ae 扒bp 拂fb 脯fp 溃kh 括kg 识sz 刹cs 扛kg 峙zs 殖zs 种zc 咀zj 召zs 沈sc 谌cs 佴ne 郄qx 郗xc "
    + "桧gh 阚kh 呙gw 恶wye 还hx"
}
