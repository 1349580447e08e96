"""Text in traditional characters, as pages are recoded for other readers: told, and read as far as the words of notices go.

No library converts here; the pairs below are characters of this field, one for one, so that every place stays where it was.
What they leave is named in the doubt.
"""

from functools import cache

# Traditional and simplified, in pairs.
_PAIRS = (
    "萬万與与醜丑專专業业東东絲丝兩两嚴严個个豐丰臨临為为爲为麗丽舉举麼么義义樂乐習习鄉乡書书買买爭争於于雲云產产億亿僅仅從从儀仪價价眾众優优會会傳传傷伤體体餘余僑侨償偿儲储黨党蘭兰關关興兴養养內内冊册寫写"
    "軍军農农衝冲決决況况凍冻淨净準准涼凉減减湊凑幾几憑凭擊击劃划則则創创別别製制劑剂劇剧勸劝辦办務务動动勵励勞劳區区醫医華华協协單单賣卖佔占盧卢衛卫卻却廠厂廳厅曆历歷历厲厉壓压釐厘縣县參参雙双發发髮发變变"
    "疊叠隻只臺台颱台葉叶號号後后呂吕聽听啟启啓启吳吴員员週周諮咨響响喚唤囑嘱迴回團团園园圍围國国圖图圓圆聖圣場场壞坏塊块堅坚墊垫牆墙聲声處处復复複复夠够頭头夾夹奪夺奮奋獎奖姦奸妝妆婦妇媽妈嬰婴孫孙學学寧宁"
    "實实寵宠審审憲宪寬宽賓宾對对尋寻導导將将爾尔盡尽儘尽層层屆届屬属歲岁島岛嶺岭峽峡嶄崭幣币佈布師师帳帐幫帮幹干併并並并廣广莊庄慶庆廬庐庫库應应廢废開开異异棄弃彌弥彈弹強强歸归當当錄录彥彦徹彻徵征徑径禦御"
    "憂忧唸念懷怀態态總总戀恋惡恶悅悦懸悬驚惊懲惩慣惯癒愈願愿戲戏戰战戶户託托執执擴扩掃扫揚扬擾扰拋抛搶抢護护報报擔担擬拟攔拦撥拨擇择掛挂挾挟擠挤損损換换據据攜携攝摄搖摇敵敌數数鬥斗斷断無无舊旧時时顯显曉晓"
    "暫暂術术硃朱機机殺杀雜杂權权條条來来傑杰鬆松闆板極极構构槍枪櫃柜標标樣样檔档橋桥檢检樓楼檻槛歡欢歐欧慾欲殘残毀毁畢毕氣气滙汇匯汇彙汇漢汉汙污汚污溝沟滬沪洩泄註注淚泪澤泽潔洁淺浅測测濟济瀏浏濤涛潤润漸渐"
    "遊游灣湾濕湿滯滞滿满濱滨灘滩潛潜瀾澜滅灭靈灵災灾點点煉炼煙烟熱热愛爱牽牵猶犹獨独獄狱獻献環环現现瑣琐電电畫画療疗癥症痺痹鹽盐監监蓋盖盜盗盤盘碼码硯砚礎础確确禮礼禍祸離离種种祕秘積积稱称稅税穩稳窮穷竊窃"
    "競竞筆笔築筑籌筹簽签籤签簡简籃篮類类黏粘粵粤糧粮繫系緊紧糾纠紅红約约級级紀纪純纯綱纲納纳縱纵紛纷紙纸線线綫线練练組组細细織织終终經经綁绑結结繞绕繪绘給给絡络絕绝統统繼继績绩緒绪續续維维綜综綠绿緩缓編编"
    "緣缘縮缩網网羅罗罰罚罷罢羣群職职聯联聰聪肅肃脅胁膽胆勝胜臟脏腦脑騰腾緻致捨舍艙舱艱艰藝艺節节蘇苏範范榮荣藥药獲获營营蘊蕴慮虑虛虚雖虽蠶蚕銜衔補补襲袭裝装褲裤見见觀观規规視视覽览覺觉觸触譽誉計计訂订認认"
    "讓让訓训議议訊讯記记講讲許许論论設设訪访證证評评識识詐诈訴诉診诊詞词譯译試试誠诚話话詢询該该詳详誡诫語语誤误説说說说請请諸诸諾诺讀读誰谁調调諒谅談谈謀谋謝谢謹谨譜谱穀谷負负貢贡財财責责賢贤敗败賬账貨货"
    "質质販贩貪贪貧贫貶贬購购貫贯貼贴貴贵貸贷費费賀贺資资賦赋賞赏賠赔賴赖讚赞贈赠贏赢贛赣趙赵趕赶趨趋躍跃踐践蹤踪軀躯車车軌轨轉转輪轮軟软轟轰輕轻載载較较輔辅輛辆輝辉輸输轄辖辭辞辯辩邊边遼辽達达遷迁過过邁迈"
    "運运還还進进遠远違违連连遲迟跡迹適适選选遞递邏逻鄧邓郵邮鄰邻鬱郁鄭郑採采釋释裏里裡里鑒鉴針针鈔钞鐘钟鋼钢鈎钩鉤钩錢钱鑽钻鐵铁銀银鑄铸鋪铺鏈链銷销鎖锁鋒锋錯错錦锦鍵键鎮镇鏡镜長长門门閉闭問问閒闲間间鬧闹"
    "聞闻閩闽閣阁閱阅闡阐闊阔隊队陽阳陰阴陣阵階阶際际陸陆隴陇陳陈陝陕隨随隱隐難难霧雾靜静韓韩頁页頂顶項项順顺須须顧顾頓顿頒颁預预領领頗颇潁颍頻频題题顏颜額额風风飛飞飯饭飲饮飾饰館馆馬马馳驰驅驱駐驻駕驾驕骄"
    "驗验魚鱼魯鲁鮮鲜鳥鸟雞鸡麥麦黃黄齊齐齒齿齡龄龍龙"
)
_TABLE = {ord(old): new for old, new in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if old != new}
_LEAST = 5  # such characters; fewer may be a name
_SHARE = 25  # of so many Chinese characters one at least


@cache
def _is_old(sign: str) -> bool:
    """Whether a character is one of the traditional writing only: in its coding, not in that of the mainland."""
    if not "\u4e00" <= sign <= "\u9fff":
        return False
    for coding, wanted in (("gb2312", False), ("big5", True)):
        try:
            sign.encode(coding)
        except UnicodeEncodeError:
            known = False
        else:
            known = True
        if known is not wanted:
            return False
    return True


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters; single ones in names do not make it so."""
    old = sum(map(_is_old, text))
    return old >= _LEAST and old * _SHARE >= sum("\u4e00" <= sign <= "\u9fff" for sign in text)


def simplified(text: str) -> str:
    """The text in simplified characters as far as they are known here, every character in its place."""
    return text.translate(_TABLE)


def left_over(text: str) -> str:
    """The traditional characters for which no simplified one is known here, each once."""
    return "".join(dict.fromkeys(sign for sign in simplified(text) if _is_old(sign)))
